using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary>The values of one column for the rows of one request. Reused.</summary>
internal abstract class RowColumn
{
    /// <summary>Memory a column keeps from one request to the next.</summary>
    protected const int KeepBytes = 1024 * 1024;

    /// <summary>
    /// True while every row has the default (empty, 0, null). Most columns stay so for most requests: rows are only
    /// counted then, and the column takes no room in a frame.
    /// </summary>
    public bool IsDefault { get; private set; } = true;

    /// <summary>Rows so far, all of them with the default; kept as long as <see cref="IsDefault"/>.</summary>
    protected int Defaults { get; private set; }

    /// <summary>Appends the values in the form of <see cref="ColumnKind"/>; for columns that are not all default.</summary>
    public abstract void Write(ByteBuffer to);

    /// <summary>Forgets all rows.</summary>
    public void Reset()
    {
        if (!IsDefault)
            Clear();
        IsDefault = true;
        Defaults = 0;
    }

    /// <summary>Counts a row with the default; false if the column has other values already, and keeps each.</summary>
    protected bool TryCountDefault()
    {
        if (!IsDefault)
            return false;
        Defaults++;
        return true;
    }

    /// <summary>To be called before a value is added that is not the default.</summary>
    protected void BeginValues()
    {
        if (!IsDefault)
            return;
        IsDefault = false;
        AddDefaults(Defaults);
    }

    /// <summary>Adds what was only counted.</summary>
    protected abstract void AddDefaults(int count);

    /// <summary>Forgets all values.</summary>
    protected abstract void Clear();
}
