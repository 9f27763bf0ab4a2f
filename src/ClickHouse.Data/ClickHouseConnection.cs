using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ClickHouse.Data.Http;

namespace ClickHouse.Data;

/// <summary>
/// A connection in the sense of ADO.NET. ClickHouse over HTTP has no session: opening costs nothing and does not contact
/// the server, and one connection may run several commands at once.
/// </summary>
public sealed class ClickHouseConnection : DbConnection
{
    private static readonly ConcurrentDictionary<string, ClickHouseDataSource> SharedSources = new(StringComparer.Ordinal);

    private ClickHouseDataSource? _source;
    private string? _database;
    private ConnectionState _state;

    public ClickHouseConnection()
    {
    }

    /// <summary>Connections of the same connection string share their HTTP connections for the life of the process.</summary>
    public ClickHouseConnection(string connectionString) => ConnectionString = connectionString;

    internal ClickHouseConnection(ClickHouseDataSource source) => _source = source;

    /// <summary>The connection string; read back, its password is left out.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    [AllowNull]
    public override string ConnectionString
    {
        get => _source?.ConnectionString ?? string.Empty;
        set
        {
            if (_state == ConnectionState.Open)
            {
                throw new InvalidOperationException("The connection string can't be changed while the connection is open.");
            }

            _source = string.IsNullOrEmpty(value) ? null : SharedSources.GetOrAdd(value, text => new ClickHouseDataSource(text));
        }
    }

    public override string Database => _database ?? _source?.Options.Database ?? string.Empty;

    public override string DataSource => _source is null ? string.Empty : $"{_source.Options.Host}:{_source.Options.Port}";

    /// <summary>Asks the server.</summary>
    public override string ServerVersion
    {
        get
        {
            using var command = CreateCommand();
            command.CommandText = "select version()";
            return (string)command.ExecuteScalar()!;
        }
    }

    public override int ConnectionTimeout => (int)Math.Ceiling(Source.Options.Timeout.TotalSeconds);

    public override ConnectionState State => _state;

    protected override DbProviderFactory DbProviderFactory => ClickHouseProviderFactory.Instance;

    internal ClickHouseDataSource Source => _source ?? throw new InvalidOperationException("The connection has no connection string.");

    public override void Open()
    {
        _ = Source;
        if (_state == ConnectionState.Open)
        {
            throw new InvalidOperationException("The connection is open already.");
        }

        ChangeState(ConnectionState.Open);
    }

    public override void Close()
    {
        if (_state != ConnectionState.Closed)
        {
            ChangeState(ConnectionState.Closed);
        }
    }

    /// <summary>Later commands use that database; whether it exists shows with the first of them.</summary>
    public override void ChangeDatabase(string databaseName)
    {
        ArgumentException.ThrowIfNullOrEmpty(databaseName);
        _database = databaseName;
    }

    public new ClickHouseCommand CreateCommand() => new() { Connection = this };

    /// <summary>Sends the rows of one insert, in one request, and waits until the server has stored them.</summary>
    /// <exception cref="ClickHouseException">The server refused them or can't be reached.</exception>
    public Task<ClickHouseInsertResult> InsertAsync(ClickHouseInsert insert, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(insert);
        return InsertOperation.RunAsync(OpenSource, Database, insert, cancellationToken);
    }

    internal ClickHouseDataSource OpenSource => _state == ConnectionState.Open
        ? Source
        : throw new InvalidOperationException("The connection is not open.");

    /// <exception cref="NotSupportedException">Always: ClickHouse has no transactions over HTTP.</exception>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException(
        "ClickHouse has no transactions over HTTP. One insert of one block is atomic; give it a deduplication token to make repeating it safe.");

    protected override DbCommand CreateDbCommand() => CreateCommand();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    private void ChangeState(ConnectionState state)
    {
        var change = new StateChangeEventArgs(_state, state);
        _state = state;
        OnStateChange(change);
    }
}
