using LifecycleMetrics.Server.Configuration;
using LifecycleMetrics.Server.Engine;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>What a verb that runs to its end works with: configuration, ClickHouse and the parts it adds.</summary>
internal sealed class VerbServices : IAsyncDisposable
{
    private readonly DatabaseAccess _database;
    private readonly ServiceProvider _services;

    private VerbServices(DatabaseAccess database, ServiceProvider services)
    {
        _database = database;
        _services = services;
    }

    public IServiceProvider Services => _services;

    public static async Task<VerbServices> OpenAsync(
        string dataDirectory, Action<IServiceCollection, IConfiguration> addParts, CancellationToken cancellationToken)
    {
        var settings = DataSettings.For(dataDirectory);
        var configuration = new ConfigurationBuilder().AddServerSettings(settings).Build();
        using var starting = LoggerFactory.Create(logging => Quiet(logging));
        var database = await DatabaseAccess.OpenAsync(configuration, dataDirectory, starting, cancellationToken);
        configuration = new ConfigurationBuilder().AddServerSettings([.. settings, .. database.Settings]).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => Quiet(logging));
        addParts(services, configuration);
        return new VerbServices(database, services.BuildServiceProvider());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    // Standard output is the verb's answer; what goes wrong on the way goes to standard error.
    private static void Quiet(ILoggingBuilder logging) =>
        logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
