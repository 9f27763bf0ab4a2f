using System.Data.Common;
using LifecycleMetrics.Reporting.Dashboards.Access;
using LifecycleMetrics.Reporting.Dashboards.Definitions;
using LifecycleMetrics.Reporting.Dashboards.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Dashboards;

/// <summary>What the viewer asks the server: the list, a dashboard, the choices of its variables, the rows of a panel.</summary>
internal static class DashboardEndpoints
{
    public static void MapDashboardApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("api").AddEndpointFilter(RequireAccessAsync);
        api.MapGet("dashboards", (DashboardCatalog catalog) => catalog.All.Select(DashboardSummary.From));
        api.MapGet("dashboards/{uid}", (string uid, DashboardCatalog catalog) =>
            catalog.Find(uid) is { } dashboard ? Results.Json(dashboard.BrowserJson) : NotFound(uid));
        api.MapPost("dashboards/{uid}/variables", AnswerVariablesAsync);
        api.MapPost("dashboards/{uid}/query", AnswerPanelAsync);
    }

    private static async ValueTask<object?> RequireAccessAsync(
        EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var access = (DashboardAccess)context.RequestServices.GetService(typeof(DashboardAccess))!;
        context.Response.Headers.CacheControl = "no-store";
        return await access.AllowsAsync(context)
            ? await next(invocation)
            : Failure.Result(StatusCodes.Status401Unauthorized, "unauthorized", "Sign in with a read key to see dashboards.");
    }

    private static async Task<IResult> AnswerVariablesAsync(
        string uid,
        VariablesRequest request,
        DashboardCatalog catalog,
        VariableResolver resolver,
        IOptions<DashboardOptions> options,
        ILogger<DashboardCatalog> logger,
        CancellationToken cancellationToken)
    {
        if (catalog.Find(uid) is not { } dashboard)
            return NotFound(uid);
        try
        {
            var window = TimeWindow.Create(request.From, request.To, 800, options.Value.MaxTimeRange);
            var choices = await resolver.ResolveAsync(
                dashboard, request.Variables ?? Nothing, window, replaceUnknown: true, cancellationToken);
            return Results.Json(choices.Select(VariableAnswer.From));
        }
        catch (DashboardQueryException fault)
        {
            return Failure.Result(StatusCodes.Status400BadRequest, "variables", fault.Message);
        }
        catch (DbException fault)
        {
            Log.VariableQueryFailed(logger, fault, "", uid);
            return Failure.Result(StatusCodes.Status502BadGateway, "database", FirstLine(fault));
        }
    }

    private static async Task<IResult> AnswerPanelAsync(
        string uid,
        PanelQueryRequest request,
        DashboardCatalog catalog,
        PanelQuery query,
        ILogger<DashboardCatalog> logger,
        CancellationToken cancellationToken)
    {
        if (catalog.Find(uid) is not { } dashboard)
            return NotFound(uid);
        try
        {
            return Results.Json(await query.RunAsync(dashboard, request, cancellationToken));
        }
        catch (DashboardQueryException fault)
        {
            return Failure.Result(StatusCodes.Status400BadRequest, "query", fault.Message);
        }
        catch (DbException fault)
        {
            Log.PanelQueryFailed(logger, fault, request.RefId, request.PanelId, uid);
            return Failure.Result(StatusCodes.Status502BadGateway, "database", FirstLine(fault));
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> Nothing { get; } = [];

    private static IResult NotFound(string uid) =>
        Failure.Result(StatusCodes.Status404NotFound, "not-found", $"There is no dashboard '{uid}'.");

    private static string FirstLine(DbException fault) => fault.Message.Split('\n', 2)[0];
}
