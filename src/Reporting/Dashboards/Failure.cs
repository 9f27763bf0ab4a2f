using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Reporting.Dashboards;

/// <summary>The form of every error the viewer gets: <c>{ "error": { "code", "message" } }</c>.</summary>
internal sealed record Failure(FailureDetail Error)
{
    public static IResult Result(int status, string code, string message) =>
        Results.Json(new Failure(new FailureDetail(code, message)), statusCode: status);
}
