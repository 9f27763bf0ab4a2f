using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Storage;

/// <summary>
/// A section of the configuration as settings. The binder stops at the first text that is no value of its setting, as 32K is
/// no number; here it is a fault among the others, so that all are known at once.
/// </summary>
public static class SettingsSection
{
    /// <summary>Adds settings that are checked at start.</summary>
    public static OptionsBuilder<T> AddSettings<T>(this IServiceCollection services, IConfigurationSection section)
        where T : class
    {
        services.AddSingleton<IValidateOptions<T>>(new TextsAreValues<T>(section));
        return services.AddOptions<T>().Configure(settings => BindUsable(section, settings)).ValidateOnStart();
    }

    /// <summary>Sets what the section names.</summary>
    /// <exception cref="OptionsValidationException">Texts are no values of their settings; all are named.</exception>
    public static T BindTo<T>(this IConfigurationSection section, T settings)
        where T : class
    {
        var faults = Faults<T>(section).Values;
        if (faults.Count > 0) throw new OptionsValidationException(section.Path, typeof(T), faults);
        section.Bind(settings);
        return settings;
    }

    // The others take effect, so that they are checked too.
    private static void BindUsable<T>(IConfigurationSection section, T settings)
        where T : class
    {
        var faults = Faults<T>(section);
        Only(section, section.AsEnumerable().Where(entry => !faults.ContainsKey(entry.Key))).Bind(settings);
    }

    private static Dictionary<string, string> Faults<T>(IConfigurationSection section)
        where T : class
    {
        var faults = new Dictionary<string, string>();
        foreach (var entry in section.AsEnumerable().Where(entry => entry.Value is not null))
        {
            try
            {
                Only(section, [entry]).Bind(Activator.CreateInstance<T>());
            }
            catch (InvalidOperationException e)
            {
                faults.Add(entry.Key, e.Message);
            }
        }

        return faults;
    }

    private static IConfigurationSection Only(IConfigurationSection section, IEnumerable<KeyValuePair<string, string?>> entries) =>
        new ConfigurationBuilder().AddInMemoryCollection(entries).Build().GetSection(section.Path);

    private sealed class TextsAreValues<T>(IConfigurationSection section) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var faults = Faults<T>(section).Values;
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
