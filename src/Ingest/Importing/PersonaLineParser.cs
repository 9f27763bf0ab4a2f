using System.Text;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Turns columns into persona lines; one per file, as each file has its own header.</summary>
internal sealed class PersonaLineParser(PersonaColumns positions)
{
    /// <summary>Columns every line must have.</summary>
    public int ColumnCount => positions.Count;

    /// <summary>The persona line, or why there is none.</summary>
    public (PersonaLine? Line, string Reason, string Message) Parse(IReadOnlyList<string> columns)
    {
        if (columns.Count != ColumnCount)
            return Refuse("column_count", $"the line has {columns.Count} columns instead of {ColumnCount}");

        var userId = Text(columns, positions.UserId);
        var anonymousId = Text(columns, positions.AnonymousId);
        if (userId.Length == 0 && anonymousId.Length == 0)
            return Refuse("missing_customer", "the line has neither a user id nor an anonymous id");

        var fromText = Text(columns, positions.ValidFrom);
        if (!TryReadInstant(fromText, out var from))
            return RefuseDate("valid_from", fromText);
        var untilText = Text(columns, positions.ValidUntil);
        DateTime? until = null;
        if (untilText.Length > 0)
        {
            if (!TryReadInstant(untilText, out var end))
                return RefuseDate("valid_until", untilText);
            if (end <= from)
                return Refuse("period_invalid", $"valid_until \"{untilText}\" is not after valid_from \"{fromText}\"");
            until = end;
        }

        return (new PersonaLine(userId, anonymousId, Text(columns, positions.Persona), from, until), "", "");
    }

    private static (PersonaLine? Line, string Reason, string Message) Refuse(string reason, string message) => (null, reason, message);

    private static (PersonaLine? Line, string Reason, string Message) RefuseDate(string column, string text) =>
        Refuse("date_invalid", $"{column} \"{text}\" is not an ISO 8601 date or instant between 1900 and 2299, such as 2026-01-31 or 2026-01-31T13:45:00Z");

    private static string Text(IReadOnlyList<string> columns, int position) => position < 0 ? "" : columns[position].Trim();

    private static bool TryReadInstant(string text, out DateTime utc)
    {
        var isInstant = TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out var milliseconds);
        utc = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
        return isInstant;
    }
}
