using LifecycleMetrics.Reporting.Email.Delivery;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Reporting.Email;

/// <summary>Messages of e-mail reports, ids 7000 to 7999. They name the Message-ID, never an address or a password.</summary>
internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Information, "Report {ReportId} of {SlotAt:u}: {MessageId} was sent at try {Attempt}")]
    public static partial void Sent(ILogger logger, string reportId, DateTimeOffset slotAt, string messageId, int attempt);

    [LoggerMessage(7001, LogLevel.Warning, "Report {ReportId} of {SlotAt:u}: {MessageId} was put off at try {Attempt}: {Detail}")]
    public static partial void Deferred(ILogger logger, string reportId, DateTimeOffset slotAt, string messageId, int attempt, string detail);

    [LoggerMessage(7002, LogLevel.Error, "Report {ReportId} of {SlotAt:u}: {MessageId} wasn't sent ({Status}): {Detail}")]
    public static partial void NotSent(ILogger logger, string reportId, DateTimeOffset slotAt, string messageId, DeliveryStatus status, string detail);

    [LoggerMessage(7003, LogLevel.Error, "Report {ReportId} of {SlotAt:u}: {MessageId} may or may not have been sent, and isn't sent again: {Detail}")]
    public static partial void Uncertain(ILogger logger, string reportId, DateTimeOffset slotAt, string messageId, string detail);

    [LoggerMessage(7010, LogLevel.Information, "E-mail schedules are off; set Email:Enabled to run them")]
    public static partial void SchedulesOff(ILogger logger);

    [LoggerMessage(7011, LogLevel.Information, "Report {ReportId} is due next at {SlotAt:u}")]
    public static partial void Next(ILogger logger, string reportId, DateTimeOffset slotAt);

    [LoggerMessage(7012, LogLevel.Warning, "Report {ReportId} missed its slot of {SlotAt:u}; a later one is sent instead")]
    public static partial void Missed(ILogger logger, string reportId, DateTimeOffset slotAt);

    [LoggerMessage(7013, LogLevel.Error, "Report {ReportId} of {SlotAt:u} failed; it is tried again in {Delay}")]
    public static partial void Failed(ILogger logger, string reportId, DateTimeOffset slotAt, TimeSpan delay, Exception reason);

    [LoggerMessage(7014, LogLevel.Warning, "Report {ReportId} has no recipients, so its schedule doesn't run; name some in its file or in Email:Recipients")]
    public static partial void NoRecipients(ILogger logger, string reportId);
}
