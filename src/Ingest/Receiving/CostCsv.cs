using System.Text;
using LifecycleMetrics.Ingest.Importing;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>Costs as CSV (RFC 4180): a header that names the columns, then a cost a line. A line that is wrong is refused alone.</summary>
internal sealed class CostCsv
{
    private const int MaxLinesOfRecord = 10;
    private static readonly string[] Known = ["date", "source", "channel", "campaign", "cost", "currency"];
    private static readonly string[] Needed = ["date", "channel", "campaign", "cost"];
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string[] _lines;
    private readonly List<string> _columns = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.OrdinalIgnoreCase);
    private int _next;

    private CostCsv(string text) => _lines = text.Split('\n');

    /// <exception cref="IngestFormatException">The body is no text, or its header does not name the columns of costs.</exception>
    public static void Read(ReadOnlySpan<byte> body, CampaignCosts to)
    {
        string text;
        try
        {
            text = Strict.GetString(body).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new IngestFormatException("invalid_utf8", "The body holds bytes that are not UTF-8.", e);
        }

        var csv = new CostCsv(text);
        csv.ReadHeader();
        while (csv._next < csv._lines.Length)
            csv.ReadRecord(to);
    }

    private void ReadHeader()
    {
        while (_next < _lines.Length && string.IsNullOrWhiteSpace(_lines[_next]))
            _next++;
        if (_next == _lines.Length || SplitRecord() != SplitOutcome.Complete)
            throw InvalidHeader("The first line must name the columns.");
        for (var i = 0; i < _columns.Count; i++)
        {
            var name = _columns[i].Trim();
            // A column that is passed over may be a misspelt one, and its costs in the wrong currency.
            if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase))
                throw InvalidHeader($"The column '{name}' is not known.");
            if (!_positions.TryAdd(name, i))
                throw InvalidHeader($"The column '{name}' is there twice.");
        }

        if (Needed.FirstOrDefault(name => !_positions.ContainsKey(name)) is { } missing)
            throw InvalidHeader($"The column '{missing}' is missing.");
    }

    private void ReadRecord(CampaignCosts to)
    {
        if (string.IsNullOrWhiteSpace(_lines[_next]))
        {
            _next++;
            return;
        }

        var line = _next + 1;
        switch (SplitRecord())
        {
            case SplitOutcome.QuoteOpen:
                to.Refuse("quote_open", "A quote is opened and not closed; write a quote in a text twice.", line);
                return;
            case SplitOutcome.TextAfterQuote:
                to.Refuse("quote_invalid", "A closing quote must be followed by a comma; write a quote in a text twice.", line);
                return;
        }

        if (_columns.Count != _positions.Count)
        {
            to.Refuse("columns_invalid", $"The line has {_columns.Count} columns, the header {_positions.Count}.", line);
            return;
        }

        to.Add(
            new CostFields(Column("date").Trim(), Column("source"), Column("channel"), Column("campaign"), Column("cost").Trim(), Column("currency").Trim()),
            line);
    }

    /// <summary>Splits the next line, with those it goes on in; where that gives no record, the line alone is passed by.</summary>
    private SplitOutcome SplitRecord()
    {
        var record = _lines[_next].TrimEnd('\r');
        var outcome = ColumnSplitter.Split(record, ',', _columns);
        var lines = 1;
        while (outcome == SplitOutcome.QuoteOpen && lines < MaxLinesOfRecord && _next + lines < _lines.Length)
        {
            record = $"{record}\n{_lines[_next + lines].TrimEnd('\r')}";
            lines++;
            outcome = ColumnSplitter.Split(record, ',', _columns);
        }

        _next += outcome == SplitOutcome.Complete ? lines : 1;
        return outcome;
    }

    private string Column(string name) => _positions.TryGetValue(name, out var position) ? _columns[position] : "";

    private static IngestFormatException InvalidHeader(string fault) =>
        new("invalid_header", $"{fault} Write the columns as date,source,channel,campaign,cost,currency; source and currency may be left out.");
}
