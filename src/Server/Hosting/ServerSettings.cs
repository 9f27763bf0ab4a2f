namespace LifecycleMetrics.Server.Hosting;

/// <summary>How a server was asked to start.</summary>
/// <param name="DataDirectory">Full path of the directory of everything that is kept.</param>
/// <param name="Urls">Addresses to listen on, separated by semicolons.</param>
/// <param name="Role">What it does.</param>
/// <param name="Overrides">Settings that go over all configuration sources.</param>
internal sealed record ServerSettings(
    string DataDirectory, string Urls, ServerRole Role, Dictionary<string, string?> Overrides);
