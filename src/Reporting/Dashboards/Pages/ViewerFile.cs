namespace LifecycleMetrics.Reporting.Dashboards.Pages;

/// <summary>A file of the built viewer.</summary>
/// <param name="ContentType">As in the header.</param>
/// <param name="Plain">The bytes as built.</param>
/// <param name="Gzipped">The same, compressed once at start.</param>
internal sealed record ViewerFile(string ContentType, byte[] Plain, byte[] Gzipped);
