namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>How a condition compares a property with its value.</summary>
public enum ConditionOperator
{
    /// <summary>The same value.</summary>
    Eq,

    /// <summary>Another value, or none.</summary>
    Ne,

    /// <summary>One of a list of values.</summary>
    In,

    /// <summary>Greater; numbers only.</summary>
    Gt,

    /// <summary>Greater or equal; numbers only.</summary>
    Gte,

    /// <summary>Less; numbers only.</summary>
    Lt,

    /// <summary>Less or equal; numbers only.</summary>
    Lte,

    /// <summary>Whether the event has the property at all.</summary>
    Exists,
}
