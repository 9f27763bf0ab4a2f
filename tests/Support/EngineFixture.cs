using System.Globalization;
using ClickHouse.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LifecycleMetrics.Testing;

/// <summary>
/// One real ClickHouse engine for all tests of an assembly. Declare it with
/// <c>[assembly: AssemblyFixture(typeof(EngineFixture))]</c> and take it as a constructor parameter.
/// </summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private const int DatabaseCount = 200;

    private readonly string _directory = Directory.CreateTempSubdirectory("lm-test-engine-").FullName;
    private readonly Lazy<Task<string>> _migrated;
    private int _taken;
    private EmbeddedClickHouse? _engine;

    public EngineFixture() => _migrated = new Lazy<Task<string>>(MigrateOneAsync);

    /// <summary>The engine.</summary>
    public EmbeddedClickHouse Engine => _engine ?? throw new InvalidOperationException("The engine has not been started.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var options = new EmbeddedClickHouseOptions { DataDirectory = _directory, MemoryShare = 0.25, Databases = Names() };
        _engine = await EmbeddedClickHouse.StartAsync(options, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
    }

    /// <summary>A database of its own for a test class or a test.</summary>
    /// <param name="migrated">
    /// Whether it gets the product's tables and views. To work out the columns of all views takes seconds, so that this is done
    /// once and the others begin as copies; what is about the making itself starts with nothing.
    /// </param>
    /// <param name="views">Without them it is there sooner, for tests that only write.</param>
    public async Task<TestDatabase> CreateDatabaseAsync(bool migrated = true, bool views = true)
    {
        var database = new TestDatabase(Engine, TakeName());
        if (migrated)
        {
            await new SchemaCopy(database.Writer, await _migrated.Value, database.Name).MakeAsync(views);
            // Migrating would make the views.
            if (views) await database.MigrateAsync();
        }

        return database;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<string> MigrateOneAsync()
    {
        await using var database = new TestDatabase(Engine, TakeName());
        await database.MigrateAsync();
        return database.Name;
    }

    private string TakeName()
    {
        var number = Interlocked.Increment(ref _taken) - 1;
        return number < DatabaseCount ? Name(number) : throw new InvalidOperationException($"The tests use more than {DatabaseCount} databases.");
    }

    // The readers' rights are given by name in the engine's configuration, so the names are known before it starts.
    private static string[] Names() => [.. Enumerable.Range(0, DatabaseCount).Select(Name)];

    private static string Name(int number) => $"test_{number.ToString(CultureInfo.InvariantCulture)}";
}
