using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Columns;

/// <summary>
/// <see cref="ColumnKind.Dictionary"/>: the number of distinct texts, the texts, and, if there are more than one, each
/// row's number in as many bytes as the highest needs.
/// </summary>
internal sealed class DictionaryColumn : RowColumn
{
    private readonly TextDictionary _texts = new();
    private readonly List<int> _numbers = [];

    /// <summary>Bytes of a row's number where there are <paramref name="texts"/> distinct texts; 0 if the number is always 0.</summary>
    public static int NumberBytes(int texts) => texts switch
    {
        <= 1 => 0,
        <= 256 => 1,
        <= 65_536 => 2,
        _ => 4,
    };

    public void Add(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty && TryCountDefault())
            return;
        BeginValues();
        _numbers.Add(_texts.NumberOf(text));
    }

    public override void Write(ByteBuffer to)
    {
        to.WriteVarUInt((uint)_texts.Count);
        for (var i = 0; i < _texts.Count; i++)
            to.WriteString(_texts[i]);
        to.WriteNumbers(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_numbers), NumberBytes(_texts.Count));
    }

    protected override void AddDefaults(int count)
    {
        for (var i = 0; i < count; i++)
            _numbers.Add(_texts.NumberOf(default));
    }

    protected override void Clear()
    {
        _texts.Reset(KeepBytes);
        _numbers.Clear();
    }
}
