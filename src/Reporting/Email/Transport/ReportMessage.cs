using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using LifecycleMetrics.Reporting.Email.Rendering;

namespace LifecycleMetrics.Reporting.Email.Transport;

/// <summary>A rendered report on its way to one recipient.</summary>
/// <param name="SlotAt">The instant of the schedule it belongs to.</param>
public sealed record ReportMessage(RenderedReport Report, DateTimeOffset SlotAt, MailAddress From, MailAddress To)
{
    /// <summary>The same for the same report, slot and recipient, so that mail programs and servers recognise a repetition.</summary>
    public string MessageId => $"<{Report.ReportId}.{SlotAt.UtcDateTime:yyyyMMddTHHmmss}.{Key}@{From.Host}>";

    /// <summary>File name without extension: readable, and unique per report, slot and recipient.</summary>
    public string FileName => $"{Report.ReportId}-{SlotAt.UtcDateTime:yyyyMMddTHHmmss}-{Key}";

    private string Key
    {
        get
        {
            var identity = string.Create(CultureInfo.InvariantCulture, $"{Report.ReportId}\n{SlotAt.ToUnixTimeSeconds()}\n{To.Address.ToLowerInvariant()}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
        }
    }

    /// <summary>The MIME structure: mixed(alternative(text, related(html, pictures)), csv files).</summary>
    public MailMessage ToMailMessage()
    {
        var mail = new MailMessage(From, To)
        {
            Subject = Report.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        mail.Headers["Message-ID"] = MessageId;
        mail.Headers["List-Unsubscribe"] = $"<mailto:{From.Address}?subject=unsubscribe%20{Report.ReportId}>";
        mail.Headers["List-Id"] = $"<{Report.ReportId}.{From.Host}>";
        mail.Headers["Auto-Submitted"] = "auto-generated";
        mail.AlternateViews.Add(View(Report.Text, MediaTypeNames.Text.Plain));
        var html = View(Report.Html, MediaTypeNames.Text.Html);
        foreach (var image in Report.Images) html.LinkedResources.Add(Picture(image));
        mail.AlternateViews.Add(html);
        foreach (var file in Report.Attachments) mail.Attachments.Add(Csv(file));
        return mail;
    }

    private static AlternateView View(string text, string mediaType)
    {
        var view = AlternateView.CreateAlternateViewFromString(text, Encoding.UTF8, mediaType);
        view.TransferEncoding = TransferEncoding.QuotedPrintable;
        return view;
    }

    private static LinkedResource Picture(ReportImage image) => new(new MemoryStream(image.Png), new ContentType(MediaTypeNames.Image.Png) { Name = image.FileName })
    {
        ContentId = image.ContentId,
        TransferEncoding = TransferEncoding.Base64,
    };

    private static Attachment Csv(ReportAttachment file) => new(new MemoryStream(file.Content), new ContentType("text/csv") { Name = file.FileName, CharSet = "utf-8" })
    {
        TransferEncoding = TransferEncoding.Base64,
    };
}
