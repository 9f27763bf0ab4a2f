using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Dashboards.Definitions;

/// <summary>All dashboards of the configured folder, read once at start.</summary>
public sealed class DashboardCatalog
{
    private readonly Dictionary<string, Dashboard> _byUid;

    /// <exception cref="DashboardFormatException">The folder is missing, or some files are no dashboards; all are named.</exception>
    public DashboardCatalog(IOptions<DashboardOptions> options, ILogger<DashboardCatalog> logger)
    {
        var directory = Path.Combine(AppContext.BaseDirectory, options.Value.Directory);
        if (!Directory.Exists(directory))
            throw new DashboardFormatException(
                $"There is no folder {directory}; set {DashboardOptions.Section}:Directory to the folder of the dashboards.");

        List<string> faults = [];
        List<Dashboard> dashboards = [];
        foreach (var file in Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal))
        {
            try
            {
                dashboards.Add(DashboardReader.Read(Path.GetFileName(file), File.ReadAllText(file)));
            }
            catch (DashboardFormatException fault)
            {
                faults.Add(fault.Message);
            }
        }

        if (faults.Count > 0)
            throw new DashboardFormatException(string.Join(Environment.NewLine, faults));
        _byUid = dashboards.ToDictionary(dashboard => dashboard.Uid);
        All = [.. dashboards.OrderBy(dashboard => dashboard.Title, StringComparer.Ordinal)];
        Log.DashboardsRead(logger, All.Count, directory);
        foreach (var dashboard in All)
            foreach (var panel in dashboard.Panels)
                foreach (var problem in panel.Problems)
                    Log.PanelNotSupported(logger, panel.Id, dashboard.Uid, problem);
    }

    /// <summary>By title.</summary>
    public IReadOnlyList<Dashboard> All { get; }

    public Dashboard? Find(string uid) => _byUid.GetValueOrDefault(uid);
}
