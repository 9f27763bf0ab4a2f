using System.Diagnostics;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>What the statements that write one table took together.</summary>
/// <param name="Target">The table, or "-" for statements that write none.</param>
/// <param name="Count">How many there were.</param>
/// <param name="Seconds">How long they took, one after the other.</param>
internal readonly record struct StatementCost(string Target, int Count, double Seconds)
{
    private const int Shown = 20;

    /// <summary>The tables that took longest.</summary>
    public static IEnumerable<StatementCost> Longest(IEnumerable<Statement> statements) => statements
        .GroupBy(statement => statement.Target.Length == 0 ? "-" : statement.Target)
        .Select(target => new StatementCost(
            target.Key, target.Count(), target.Sum(statement => statement.Ended - statement.Started) / (double)Stopwatch.Frequency))
        .OrderByDescending(cost => cost.Seconds)
        .Take(Shown);
}
