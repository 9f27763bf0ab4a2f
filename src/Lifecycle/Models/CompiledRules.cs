namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>The entry rules of a model as ClickHouse expressions over a row of stg_event called <c>event</c>.</summary>
/// <param name="Rules">All rules in the order of the stages: the stage each leads into and its predicate.</param>
/// <param name="Parameters">The values the predicates refer to.</param>
public sealed record CompiledRules(IReadOnlyList<CompiledRule> Rules, IReadOnlyList<SqlParameter> Parameters);
