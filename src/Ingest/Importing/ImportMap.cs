using System.Globalization;
using System.Text;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>How the lines of an orders file are read; the content of a map file, checked. See docs/import.md.</summary>
public sealed class ImportMap
{
    /// <summary>Between the columns; null: any run of blanks and tabs.</summary>
    public required char? Delimiter { get; init; }

    /// <summary>True if the first line of each file names its columns.</summary>
    public required bool HasHeader { get; init; }

    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>Where each field stands.</summary>
    public required IReadOnlyDictionary<ImportField, ColumnReference> Columns { get; init; }

    /// <summary>Accepted forms of a date, tried in this order.</summary>
    public required IReadOnlyList<string> DateFormats { get; init; }

    /// <summary>Zone the dates of the file are in.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Culture whose decimal and group separators the numbers use.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>ISO 4217 code of all amounts, unless a column gives it.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Two-letter country of all lines, unless a column gives it.</summary>
    public string Country { get; init; } = "";

    /// <summary>Country names of the file and their two-letter codes; empty: the column holds codes.</summary>
    public IReadOnlyDictionary<string, string> CountryCodes { get; init; } = new Dictionary<string, string>();

    /// <summary>True if every line is an order by itself, false if lines with one order id make one order.</summary>
    public bool LineIsOrder { get; init; }

    /// <summary>Order ids that begin with it are credits; empty if there are none.</summary>
    public string CreditPrefix { get; init; } = "";

    /// <summary>True if an order below zero is a credit.</summary>
    public bool NegativeIsCredit { get; init; }

    /// <summary>Ending that is taken off customer ids, such as the <c>.0</c> of a number that became text.</summary>
    public string CustomerSuffix { get; init; } = "";

    /// <summary>Put in front of customer ids, where another source uses the same ids for other people.</summary>
    public string CustomerPrefix { get; init; } = "";
}
