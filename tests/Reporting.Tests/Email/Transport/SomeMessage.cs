using System.Net.Mail;
using LifecycleMetrics.Reporting.Email.Transport;
using LifecycleMetrics.Reporting.Tests.Email.Rendering;

namespace LifecycleMetrics.Reporting.Tests.Email.Transport;

internal static class SomeMessage
{
    public static DateTimeOffset Slot { get; } = new(2026, 11, 9, 7, 0, 0, TimeSpan.Zero);

    public static ReportMessage To(string address) => new(
        SomeReport.Render("es"), Slot, new MailAddress("Reports <reports@example.com>"), new MailAddress(address));
}
