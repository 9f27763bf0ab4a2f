namespace LifecycleMetrics.Ingest.Importing;

/// <summary>A map file can't be used; the message names every fault with its line.</summary>
public sealed class ImportMapException(string path, IReadOnlyList<string> faults)
    : Exception($"{path} can't be used:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Select(f => "  " + f))}")
{
    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
