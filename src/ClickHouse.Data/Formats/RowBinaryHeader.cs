using System.Text;
using ClickHouse.Data.Http;

namespace ClickHouse.Data.Formats;

/// <summary>The head of RowBinaryWithNamesAndTypes: the number of columns, their names, their types.</summary>
internal static class RowBinaryHeader
{
    /// <summary>Reads the head; no columns if the body is empty, as that of a statement without result is.</summary>
    public static async ValueTask<ClickHouseColumn[]> ReadAsync(ResponseBody body, CancellationToken cancellationToken)
    {
        ClickHouseColumn[]? columns;
        while (!TryRead(body, out columns))
        {
            if (!await body.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return body.Available.IsEmpty
                    ? []
                    : throw new InvalidDataException("The answer of ClickHouse ends within the column names.");
            }
        }

        return columns!;
    }

    private static bool TryRead(ResponseBody body, out ClickHouseColumn[]? columns)
    {
        columns = null;
        var data = body.Available;
        var position = 0;
        if (!VarUInt.TryRead(data, ref position, out var count))
        {
            return false;
        }

        var texts = new string[checked((int)count * 2)];
        for (var i = 0; i < texts.Length; i++)
        {
            if (!VarUInt.TryRead(data, ref position, out var length) || length > (ulong)(data.Length - position))
            {
                return false;
            }

            texts[i] = Encoding.UTF8.GetString(data.Slice(position, (int)length));
            position += (int)length;
        }

        columns = [.. Enumerable.Range(0, (int)count).Select(i => new ClickHouseColumn(texts[i], i, texts[(int)count + i]))];
        body.Consume(position);
        return true;
    }
}
