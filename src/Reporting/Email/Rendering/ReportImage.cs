namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>A picture within the HTML part.</summary>
public sealed record ReportImage(string FileName, byte[] Png)
{
    /// <summary>The name by which the HTML refers to it.</summary>
    public string ContentId => Path.GetFileNameWithoutExtension(FileName) + "@report";
}
