using System.Text;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Splits a record into its columns: by a delimiter with quotes as in RFC 4180, or by runs of blanks.</summary>
internal static class ColumnSplitter
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Fills <paramref name="columns"/>; what it returns says whether the record ends where the text does.</summary>
    public static SplitOutcome Split(string record, char? delimiter, List<string> columns)
    {
        columns.Clear();
        if (delimiter is not { } between)
        {
            columns.AddRange(record.Split(Blanks, StringSplitOptions.RemoveEmptyEntries));
            return SplitOutcome.Complete;
        }

        var position = 0;
        while (true)
        {
            if (position < record.Length && record[position] == '"')
            {
                var outcome = Quoted(record, ref position, columns);
                if (outcome != SplitOutcome.Complete)
                    return outcome;
                if (position < record.Length && record[position] != between)
                    return SplitOutcome.TextAfterQuote;
            }
            else
            {
                var end = record.IndexOf(between, position);
                end = end < 0 ? record.Length : end;
                columns.Add(record[position..end]);
                position = end;
            }

            if (position >= record.Length)
                return SplitOutcome.Complete;
            position++;
        }
    }

    private static SplitOutcome Quoted(string record, ref int position, List<string> columns)
    {
        var text = new StringBuilder();
        position++;
        while (true)
        {
            var quote = record.IndexOf('"', position);
            if (quote < 0)
                return SplitOutcome.QuoteOpen;
            text.Append(record, position, quote - position);
            position = quote + 1;
            if (position == record.Length || record[position] != '"')
                break;
            text.Append('"');
            position++;
        }

        columns.Add(text.ToString());
        return SplitOutcome.Complete;
    }
}
