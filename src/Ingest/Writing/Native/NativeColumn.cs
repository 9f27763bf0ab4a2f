using LifecycleMetrics.Ingest.Columns;

namespace LifecycleMetrics.Ingest.Writing.Native;

/// <summary>One column of a block in ClickHouse's Native format, put together from the columns of frames. Reused.</summary>
internal abstract class NativeColumn(string name, string type)
{
    /// <summary>Memory a column keeps from one block to the next.</summary>
    protected const int KeepBytes = 24 * 1024 * 1024;

    public string Name => name;

    public string Type => type;

    public static NativeColumn Of(TouchpointColumn column) => column.Kind switch
    {
        ColumnKind.Text => new NativeText(column.Name, column.Type),
        ColumnKind.Dictionary => new NativeDictionary(column.Name, column.Type),
        ColumnKind.Number => new NativeFixed(column.Name, column.Type, sizeof(long)),
        ColumnKind.Nullable => new NativeNullable(column.Name, column.Type),
        ColumnKind.Byte => new NativeFixed(column.Name, column.Type, sizeof(byte)),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Kind, "There is no such kind of column."),
    };

    /// <summary>Appends the values of a frame.</summary>
    /// <param name="values">As the frame holds them; empty if all have the default.</param>
    /// <param name="rows">Rows of the frame.</param>
    /// <param name="isKept">Which of them are appended; empty for all.</param>
    public abstract void Append(ReadOnlySpan<byte> values, int rows, ReadOnlySpan<bool> isKept);

    /// <summary>Adds the values of a run of rows to what is sent.</summary>
    public abstract void Write(NativeParts to, int first, int count);

    /// <summary>The value of a row: text, number or null.</summary>
    public abstract object? Value(int row);

    /// <summary>Forgets all rows.</summary>
    public abstract void Reset();

    protected static int CountKept(int rows, ReadOnlySpan<bool> isKept) => isKept.IsEmpty ? rows : isKept.Count(value: true);
}
