namespace LifecycleMetrics.Ingest.Columns;

/// <summary>How the values of a column are kept, in a frame of the spool as in a block for ClickHouse.</summary>
internal enum ColumnKind
{
    /// <summary>Text that differs from row to row.</summary>
    Text,

    /// <summary>Text of which there are few: each is kept once, the rows point to it.</summary>
    Dictionary,

    /// <summary>64-bit integers.</summary>
    Number,

    /// <summary>64-bit integers or floating-point numbers, any of which may be missing.</summary>
    Nullable,

    /// <summary>One byte a row: flags and enumerations.</summary>
    Byte,
}
