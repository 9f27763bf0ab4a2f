using ClickHouse.Data.Types;

namespace ClickHouse.Data.Formats;

/// <summary>Where in the bytes of the current row each column lies. Measured once per row; values are decoded on demand.</summary>
internal sealed class RowLayout
{
    private readonly ClickHouseType[] _types;
    private readonly int[] _offsets;
    private readonly int _fixedLength;
    private int _measured;

    public RowLayout(IReadOnlyList<ClickHouseColumn> columns)
    {
        _types = [.. columns.Select(column => column.Type)];
        _offsets = new int[_types.Length + 1];
        if (_types.All(type => type.FixedSize >= 0))
        {
            for (var i = 0; i < _types.Length; i++)
            {
                _offsets[i + 1] = _offsets[i] + _types[i].FixedSize;
            }

            _fixedLength = _offsets[^1];
        }
    }

    public Range this[int ordinal] => _offsets[ordinal].._offsets[ordinal + 1];

    /// <summary>Forgets the row.</summary>
    public void Reset() => _measured = 0;

    /// <summary>
    /// Measures the row at the beginning of <paramref name="data"/>; false if it is not there whole. Called again with
    /// more data, it goes on at the column that was cut off.
    /// </summary>
    public bool TryMeasure(ReadOnlySpan<byte> data, out int length)
    {
        if (_fixedLength > 0)
        {
            length = _fixedLength;
            return data.Length >= _fixedLength;
        }

        length = 0;
        if (data.IsEmpty)
        {
            return false;
        }

        for (var position = _offsets[_measured]; _measured < _types.Length; _measured++)
        {
            if (!_types[_measured].TrySkip(data, ref position))
            {
                return false;
            }

            _offsets[_measured + 1] = position;
        }

        length = _offsets[^1];
        return true;
    }
}
