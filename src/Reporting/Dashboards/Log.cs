using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Reporting.Dashboards;

/// <summary>Log messages of the dashboards: event ids 6000 to 6999.</summary>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Information, "Read {Count} dashboards from {Directory}.")]
    public static partial void DashboardsRead(ILogger logger, int count, string directory);

    [LoggerMessage(6001, LogLevel.Warning, "Panel {PanelId} of dashboard {Dashboard} can't be drawn as written: {Problem}.")]
    public static partial void PanelNotSupported(ILogger logger, int panelId, string dashboard, string problem);

    [LoggerMessage(6002, LogLevel.Warning, "Query {RefId} of panel {PanelId} of dashboard {Dashboard} failed.")]
    public static partial void PanelQueryFailed(
        ILogger logger, Exception exception, string refId, int panelId, string dashboard);

    [LoggerMessage(6003, LogLevel.Warning, "The choices of variable {Variable} of dashboard {Dashboard} can't be read.")]
    public static partial void VariableQueryFailed(ILogger logger, Exception exception, string variable, string dashboard);

    [LoggerMessage(6004, LogLevel.Information, "Signed in to the dashboards with key {KeyId}.")]
    public static partial void SignedIn(ILogger logger, string keyId);
}
