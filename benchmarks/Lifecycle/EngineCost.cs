using LifecycleMetrics.Benchmarks.Support;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>What some statements of the engine took.</summary>
/// <param name="Seconds">How long at least one of them was under way.</param>
/// <param name="CpuSeconds">Processor time of the engine.</param>
/// <param name="StatementMemory">Most memory one of them took, in bytes.</param>
/// <param name="PeakMemory">Most resident memory of the engine meanwhile, in bytes.</param>
internal sealed record EngineCost(double Seconds, double CpuSeconds, long StatementMemory, long PeakMemory)
{
    /// <summary>Measures what <paramref name="run"/> sends to the engine; it gives the statements that count.</summary>
    public static async Task<EngineCost> MeasureAsync(LifecycleEngine engine, Func<Task<IReadOnlyList<Statement>>> run)
    {
        await engine.ClickHouse.MergesAsync();
        engine.Statements.Take();
        engine.Process.ResetPeak();
        var cpu = engine.Process.Seconds;
        var statements = await run();
        return new EngineCost(
            Statement.Seconds(statements),
            engine.Process.Seconds - cpu,
            statements.Max(statement => statement.Memory),
            engine.Process.PeakMemory);
    }

    /// <summary>The medians of times, and the most memory.</summary>
    public static EngineCost Median(IReadOnlyList<EngineCost> costs) => new(
        costs.Select(cost => cost.Seconds).Median(),
        costs.Select(cost => cost.CpuSeconds).Median(),
        costs.Max(cost => cost.StatementMemory),
        costs.Max(cost => cost.PeakMemory));
}
