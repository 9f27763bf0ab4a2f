using LifecycleMetrics.Reporting.Access;
using LifecycleMetrics.Storage;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Server.Demo;

/// <summary>What the demo adds to a server: its settings, and the key to read with.</summary>
internal static class DemoRegistration
{
    public static IServiceCollection AddDemo(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DemoOptions>(configuration.GetSection(DemoOptions.Section));
        services.AddSingleton<IValidateOptions<DemoOptions>, Validation>();
        services.AddSingleton<IReadKeys, DemoKeys>();
        return services;
    }

    private sealed class Validation : IValidateOptions<DemoOptions>
    {
        public ValidateOptionsResult Validate(string? name, DemoOptions options)
        {
            var faults = options.Faults().ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
