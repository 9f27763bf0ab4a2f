namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>One condition on a property of an event.</summary>
/// <param name="Property">Name of the property; dots separate the steps of a path into nested objects.</param>
/// <param name="Operator">How to compare.</param>
/// <param name="Value">
/// A <see cref="double"/>, <see cref="string"/> or <see cref="bool"/>; for <see cref="ConditionOperator.In"/> a
/// <c>double[]</c> or <c>string[]</c>.
/// </param>
public sealed record PropertyCondition(string Property, ConditionOperator Operator, object Value);
