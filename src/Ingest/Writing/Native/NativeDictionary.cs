using System.Runtime.InteropServices;
using System.Text;
using LifecycleMetrics.Ingest.Columns;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Writing.Native;

/// <summary>LowCardinality(String): one dictionary for the block, into which those of the frames are translated.</summary>
internal sealed class NativeDictionary(string name, string type) : NativeColumn(name, type)
{
    // Keys of the block itself, and no dictionary kept from block to block.
    private const ulong Version = 1;
    private const ulong HasAdditionalKeys = 1 << 9;
    private const ulong NeedsUpdate = 1 << 10;

    private readonly TextDictionary _texts = new();
    private readonly List<int> _numbers = [];

    // Bytes of the whole block: those of a part are made anew, so that none that may still be on its way changes.
    private readonly ByteBuffer _whole = new();
    private int[] _translated = new int[256];

    public override void Append(ReadOnlySpan<byte> values, int rows, ReadOnlySpan<bool> isKept)
    {
        if (values.IsEmpty)
        {
            Append(_texts.NumberOf(default), CountKept(rows, isKept));
            return;
        }

        var count = (int)VarText.TakeNumber(ref values);
        if (_translated.Length < count)
            _translated = new int[count * 2];
        for (var i = 0; i < count; i++)
            _translated[i] = _texts.NumberOf(VarText.Take(ref values));
        if (count == 1)
            Append(_translated[0], CountKept(rows, isKept));
        else
            Append(values, DictionaryColumn.NumberBytes(count), rows, isKept);
    }

    public override void Write(NativeParts to, int first, int count)
    {
        var width = Math.Max(1, DictionaryColumn.NumberBytes(_texts.Count));
        var bytes = count == _numbers.Count ? _whole : new ByteBuffer();
        bytes.Truncate(0);
        bytes.WriteNumber(Version);
        bytes.WriteNumber((ulong)(width / 2) | HasAdditionalKeys | NeedsUpdate); // 0, 1, 2: numbers of 8, 16, 32 bits
        bytes.WriteNumber((ulong)_texts.Count);
        for (var i = 0; i < _texts.Count; i++)
            bytes.WriteString(_texts[i]);
        bytes.WriteNumber((ulong)count);
        bytes.WriteNumbers(CollectionsMarshal.AsSpan(_numbers).Slice(first, count), width);
        to.Add(bytes.WrittenMemory);
    }

    public override object Value(int row) => Encoding.UTF8.GetString(_texts[_numbers[row]]);

    public override void Reset()
    {
        _texts.Reset(KeepBytes);
        _numbers.Clear();
        _whole.Reset(KeepBytes);
    }

    private void Append(int number, int count)
    {
        CollectionsMarshal.SetCount(_numbers, _numbers.Count + count);
        CollectionsMarshal.AsSpan(_numbers)[^count..].Fill(number);
    }

    private void Append(ReadOnlySpan<byte> numbers, int width, int rows, ReadOnlySpan<bool> isKept)
    {
        for (var row = 0; row < rows; row++)
        {
            if (!isKept.IsEmpty && !isKept[row])
                continue;
            var number = width switch
            {
                1 => numbers[row],
                2 => MemoryMarshal.Read<ushort>(numbers[(row * 2)..]),
                _ => MemoryMarshal.Read<int>(numbers[(row * 4)..]),
            };
            _numbers.Add(_translated[number]);
        }
    }
}
