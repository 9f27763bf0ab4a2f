namespace LifecycleMetrics.Storage;

/// <summary>What every number depends on (configuration section <c>Reports</c>); written to <c>report_setting</c> at start.</summary>
public sealed class ReportSettings
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Reports";

    /// <summary>IANA zone in which days, weeks and months begin and end.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>First day of the week: Monday or Sunday.</summary>
    public DayOfWeek WeekStart { get; set; } = DayOfWeek.Monday;

    /// <summary>ISO 4217 code amounts are reported in.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>
    /// Share of net revenue that is left after the costs which orders don't carry, 0 to 1; lifetime values are margins.
    /// </summary>
    public double MarginShare { get; set; } = 1;

    /// <summary>The instant all numbers are taken at; null is now. For reports on a past state.</summary>
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>How often published values are read again; a restatement is known at most that much later.</summary>
    public TimeSpan RestatementInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>What is wrong with the settings, each with what to do.</summary>
    public IEnumerable<string> Faults()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return $"Reports:TimeZone '{TimeZone}' is not a time zone; give an IANA name such as Europe/Madrid.";
        if (WeekStart is not (DayOfWeek.Monday or DayOfWeek.Sunday))
            yield return $"Reports:WeekStart '{WeekStart}' must be Monday or Sunday.";
        if (Currency.Length != 3 || !Currency.All(char.IsAsciiLetterUpper))
            yield return $"Reports:Currency '{Currency}' must be a three-letter ISO 4217 code such as USD.";
        if (MarginShare is not (>= 0 and <= 1))
            yield return $"Reports:MarginShare '{MarginShare}' must be a share from 0 to 1, such as 0.4.";
        if (RestatementInterval < TimeSpan.FromSeconds(1) || RestatementInterval > TimeSpan.FromDays(1))
            yield return $"Reports:RestatementInterval '{RestatementInterval}' must lie between a second and a day.";
    }
}
