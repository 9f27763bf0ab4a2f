namespace LifecycleMetrics.Ingest.Validation;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind : byte
{
    /// <summary>There is no value.</summary>
    None,
    Null,
    True,
    False,
    Number,
    String,

    /// <summary>A string with escapes.</summary>
    EscapedString,
    Array,
    Object,
}
