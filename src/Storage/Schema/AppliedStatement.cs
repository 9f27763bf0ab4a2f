namespace LifecycleMetrics.Storage.Schema;

/// <summary>A statement of a migration that was begun, and perhaps finished.</summary>
internal sealed class AppliedStatement
{
    public string Name { get; set; } = "";

    public int StatementNo { get; set; }

    public string Sha256 { get; set; } = "";

    public bool IsFinished { get; set; }
}
