using ClickHouse.Data;
using LifecycleMetrics.Reporting.Email.Definitions;
using LifecycleMetrics.Reporting.Email.Delivery;
using LifecycleMetrics.Reporting.Email.Rendering;
using LifecycleMetrics.Reporting.Email.Templates;
using LifecycleMetrics.Reporting.Email.Transport;
using LifecycleMetrics.Reporting.Schedules;
using LifecycleMetrics.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Email;

/// <summary>E-mail reports in the service collection.</summary>
public static class EmailReportsRegistration
{
    public static IServiceCollection AddEmailReports(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<EmailOptions>(configuration.GetSection(EmailOptions.Section));
        services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptionsValidation>();
        services.TryAddSingleton<ITemplateEngine>(_ => new TemplateEngine());
        services.AddSingleton(provider => ReportCatalog.Load(
            Path.Combine(AppContext.BaseDirectory, provider.GetRequiredService<IOptions<EmailOptions>>().Value.ReportsDirectory),
            provider.GetRequiredService<ITemplateEngine>()));
        services.AddSingleton(provider => new ReportDataReader(
            provider.GetRequiredKeyedService<ClickHouseDataSource>(StorageUser.Dashboards)));
        services.AddSingleton(provider => new DeliveryLog(
            provider.GetRequiredKeyedService<ClickHouseDataSource>(StorageUser.Writer), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ReportRenderer>();
        services.AddSingleton<ReportPreparation>();
        services.AddSingleton<ReportPublication>();
        services.AddSingleton<ReportSender>();
        services.AddSingleton<ReportRunner>();
        services.TryAddSingleton<IMailTransport>(provider => CreateTransport(provider, configuration));
        services.AddHostedService<ReportScheduler>();
        return services;
    }

    private static IMailTransport CreateTransport(IServiceProvider provider, IConfiguration configuration)
    {
        var options = provider.GetRequiredService<IOptions<EmailOptions>>().Value;
        if (options.Transport == MailTransportKind.Smtp) return new SmtpTransport(options.Smtp);

        // `data` is the command line's --data, the folder everything the server writes lies in.
        return new FileDropTransport(Path.GetFullPath(Path.Combine(configuration["data"] ?? "data", options.DropDirectory)));
    }
}
