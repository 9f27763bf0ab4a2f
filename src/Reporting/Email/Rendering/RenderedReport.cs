namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>A report in one language, ready to be put into a message to anybody.</summary>
public sealed record RenderedReport
{
    public required string ReportId { get; init; }

    public required string Language { get; init; }

    public required ReportPeriod Period { get; init; }

    public required string Subject { get; init; }

    /// <summary>Refers to the pictures by <c>cid:</c>.</summary>
    public required string Html { get; init; }

    public required string Text { get; init; }

    public required IReadOnlyList<ReportImage> Images { get; init; }

    public required IReadOnlyList<ReportAttachment> Attachments { get; init; }

    /// <summary>The HTML with its pictures inside, to be looked at in a browser.</summary>
    public string ToPage() => Images.Aggregate(Html, (html, image) => html.Replace(
        "cid:" + image.ContentId, "data:image/png;base64," + Convert.ToBase64String(image.Png), StringComparison.Ordinal));
}
