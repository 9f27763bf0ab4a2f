using System.Diagnostics;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>A statement that was sent to the engine.</summary>
/// <param name="Target">Table it writes, or empty.</param>
/// <param name="Model">Id of the lifecycle model it works out, or empty.</param>
/// <param name="Started">When it was sent, in ticks of the <see cref="Stopwatch"/>.</param>
/// <param name="Ended">When it was answered.</param>
/// <param name="Memory">Most memory it took in the engine, in bytes.</param>
internal readonly record struct Statement(string Target, string Model, long Started, long Ended, long Memory)
{
    /// <summary>What it is for.</summary>
    public StatementKind Kind => Target switch
    {
        "batch_subject_journey" => StatementKind.Visits,
        "batch_due" or "subject_due" => StatementKind.Due,
        "batch_event" or "batch_order_touchpoint" or "batch_stg_identity" => StatementKind.Rows,
        "batch_key" or "batch_change" or "batch_journey_change" => StatementKind.Bookkeeping,
        _ when Target.StartsWith("subject_", StringComparison.Ordinal) || Target.StartsWith("batch_subject_", StringComparison.Ordinal) => StatementKind.Rows,
        _ when Target.StartsWith("batch_", StringComparison.Ordinal) => StatementKind.Contributions,
        _ when Target.EndsWith("_cell", StringComparison.Ordinal) => StatementKind.Cells,
        _ when Target.StartsWith("dry_run_journey_", StringComparison.Ordinal) => StatementKind.Visits,
        _ => StatementKind.Bookkeeping,
    };

    /// <summary>How long at least one of these statements was under way, in seconds.</summary>
    public static double Seconds(IEnumerable<Statement> statements)
    {
        var ticks = 0L;
        var until = long.MinValue;
        foreach (var statement in statements.OrderBy(s => s.Started))
        {
            ticks += Math.Max(0, statement.Ended - Math.Max(statement.Started, until));
            until = Math.Max(until, statement.Ended);
        }

        return ticks / (double)Stopwatch.Frequency;
    }
}
