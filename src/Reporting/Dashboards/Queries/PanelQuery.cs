using LifecycleMetrics.Reporting.Dashboards.Definitions;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>From what the browser asks to the rows of a panel: check, expand, run.</summary>
public sealed class PanelQuery(VariableResolver resolver, AnswerCache answers, IOptions<DashboardOptions> options)
{
    private static readonly Dictionary<string, IReadOnlyList<string>> None = [];

    /// <exception cref="DashboardQueryException">There is no such panel or query, or a value is not allowed.</exception>
    /// <exception cref="System.Data.Common.DbException">The database refused the query.</exception>
    public async Task<QueryResult> RunAsync(
        Dashboard dashboard, PanelQueryRequest request, CancellationToken cancellationToken)
    {
        var target = dashboard.FindPanel(request.PanelId)?.Targets.FirstOrDefault(one => one.RefId == request.RefId)
            ?? throw new DashboardQueryException(
                $"Dashboard {dashboard.Uid} has no query {request.RefId} in panel {request.PanelId}.");
        var window = TimeWindow.Create(request.From, request.To, request.MaxDataPoints, options.Value.MaxTimeRange);
        var choices = await resolver.ResolveAsync(
            dashboard, request.Variables ?? None, window, replaceUnknown: false, cancellationToken);
        var values = choices
            .Where(choice => choice.Definition.Type != VariableType.DataSource)
            .ToDictionary(choice => choice.Definition.Name, choice => choice.Value);
        return await answers.RunAsync(QueryExpander.Expand(target.RawSql, window, values), cancellationToken);
    }
}
