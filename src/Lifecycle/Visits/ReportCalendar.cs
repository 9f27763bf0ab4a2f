using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>
/// Keeps the tables <c>report_calendar</c>, the local days from the first with anything to count to that of T and the periods
/// they belong to, and <c>report_grain</c>, these periods in order. Nearly every view of KPIs reads them, and to work them out
/// there would take longer than all the rest.
/// </summary>
internal sealed class ReportCalendar(RefreshDatabase database)
{
    /// <summary>Writes the calendar if its days are not those there should be.</summary>
    /// <param name="firstSeenOn">First local day on which any subject was seen.</param>
    /// <param name="asOf">T.</param>
    /// <param name="timeZone">The report time zone.</param>
    /// <param name="cancellationToken">Breaks it off; readers then have the calendar there was.</param>
    public async Task KeepAsync(DateOnly firstSeenOn, DateTime asOf, string timeZone, CancellationToken cancellationToken)
    {
        var states = await database.QueryAsync(
            RefreshStatement.Load("calendar_state"),
            [
                new SqlParameter("first_seen_on", "Date", firstSeenOn),
                new SqlParameter("as_of", "DateTime64(3, 'UTC')", asOf),
                new SqlParameter("time_zone", "String", timeZone),
            ],
            row => (
                First: (DateOnly)row["first_date"],
                Last: (DateOnly)row["last_date"],
                WeekStart: Convert.ToByte(row["first_week_day"], null),
                IsCurrent: Convert.ToBoolean(row["is_current"], null)),
            cancellationToken);
        var state = states[0];
        if (state.IsCurrent) return;

        await database.ReplaceRowsAsync(
            ["report_calendar", "report_grain"],
            [
                new SqlParameter("first_date", "Date", state.First),
                new SqlParameter("last_date", "Date", state.Last),
                new SqlParameter("week_start", "UInt8", state.WeekStart),
            ],
            cancellationToken);
    }
}
