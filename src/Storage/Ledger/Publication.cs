namespace LifecycleMetrics.Storage.Ledger;

/// <summary>Who published values, and when.</summary>
/// <param name="Id">Report and slot, the name of a freeze, or what was exported when.</param>
/// <param name="Kind">report, freeze or export.</param>
/// <param name="At">When the values are read.</param>
public sealed record Publication(string Id, string Kind, DateTimeOffset At)
{
    /// <summary>A mailed report; the id is the one <c>dim_restatement</c> looks for in <c>report_delivery</c>.</summary>
    public static Publication OfReport(string reportId, DateTimeOffset slotAt, DateTimeOffset at) =>
        new($"{reportId} {slotAt.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}", "report", at);

    /// <summary>A frozen period.</summary>
    public static Publication OfFreeze(string name, DateTimeOffset at) => new(name, "freeze", at);

    /// <summary>A period that was written to a file; each time is a publication of its own.</summary>
    public static Publication OfExport(string period, DateTimeOffset at) =>
        new($"export of {period} {at.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}", "export", at);
}
