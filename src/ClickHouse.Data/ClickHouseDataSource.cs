using System.Data.Common;
using ClickHouse.Data.Http;

namespace ClickHouse.Data;

/// <summary>
/// One ClickHouse server, database and user. Keep one per process and dispose it at the end: it holds the pool of HTTP
/// connections that all <see cref="ClickHouseConnection"/>s from it share. Thread-safe.
/// </summary>
public sealed class ClickHouseDataSource : DbDataSource
{
    private readonly HttpClient _client;

    /// <exception cref="ArgumentException">The connection string is not valid.</exception>
    public ClickHouseDataSource(string connectionString)
        : this(connectionString, handler: null)
    {
    }

    /// <param name="connectionString">See <see cref="ClickHouseConnectionStringBuilder"/>.</param>
    /// <param name="handler">Sends the requests in place of the built-in one; stays the caller's to dispose.</param>
    public ClickHouseDataSource(string connectionString, HttpMessageHandler? handler)
    {
        Options = new ClickHouseConnectionStringBuilder(connectionString);
        ConnectionString = Options.ToRedactedString();
        _client = new HttpClient(handler ?? CreateHandler(), disposeHandler: handler is null)
        {
            // Every command brings its own timeout.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        Http = new ClickHouseHttp(_client, Options);
    }

    /// <summary>The connection string, its password left out.</summary>
    public override string ConnectionString { get; }

    internal ClickHouseConnectionStringBuilder Options { get; }

    internal ClickHouseHttp Http { get; }

    public new ClickHouseConnection CreateConnection() => new(this);

    /// <summary>Opens a connection. The server is not contacted before the first command.</summary>
    public new ClickHouseConnection OpenConnection()
    {
        var connection = CreateConnection();
        connection.Open();
        return connection;
    }

    public new ValueTask<ClickHouseConnection> OpenConnectionAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(OpenConnection());
    }

    /// <summary>A command with a connection of its own.</summary>
    public new ClickHouseCommand CreateCommand(string? commandText = null) =>
        new() { Connection = OpenConnection(), CommandText = commandText };

    protected override DbConnection CreateDbConnection() => CreateConnection();

    protected override DbCommand CreateDbCommand(string? commandText = null) => CreateCommand(commandText);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _client.Dispose();
        }

        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        _client.Dispose();
        return base.DisposeAsyncCore();
    }

    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // Below the server's keep_alive_timeout (30 s), so that we never write to a socket it is about to close.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        // A host name may come to mean another address.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseCookies = false,
        UseProxy = false,
    };
}
