using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary>The values of one column for the rows of one request. Reused.</summary>
internal abstract class RowColumn
{
    /// <summary>Memory a column keeps from one request to the next.</summary>
    protected const int KeepBytes = 1024 * 1024;

    /// <summary>True while every row has the default (empty, 0, null): the column takes no room in a frame then.</summary>
    public abstract bool IsDefault { get; }

    /// <summary>Appends the values in the form of <see cref="ColumnKind"/>.</summary>
    public abstract void Write(ByteBuffer to);

    /// <summary>Forgets all rows.</summary>
    public abstract void Reset();
}
