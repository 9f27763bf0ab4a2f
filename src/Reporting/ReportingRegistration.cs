using LifecycleMetrics.Reporting.Access;
using LifecycleMetrics.Reporting.Dashboards;
using LifecycleMetrics.Reporting.Email;
using LifecycleMetrics.Reporting.Ledger;
using LifecycleMetrics.Reporting.OData;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Reporting;

/// <summary>Everything that shows numbers, composed: one line per part.</summary>
public static class ReportingRegistration
{
    public static IServiceCollection AddReporting(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddReadAccess(configuration)
            .AddOData(configuration)
            .AddDashboards(configuration)
            .AddEmailReports(configuration)
            .AddHostedService<RestatementWatch>();

    public static IEndpointRouteBuilder MapReporting(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOData();
        endpoints.MapDashboards();
        return endpoints;
    }
}
