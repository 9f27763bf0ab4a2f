using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ClickHouse.Data.Formats;
using ClickHouse.Data.Http;

namespace ClickHouse.Data;

/// <summary>
/// One statement. Its text is sent as it is; values go beside it for ClickHouse's <c>{name:Type}</c> placeholders. The
/// synchronous methods wait for the asynchronous ones.
/// </summary>
public sealed class ClickHouseCommand : DbCommand
{
    private const string ResultFormat = "RowBinaryWithNamesAndTypes";

    private ClickHouseConnection? _connection;
    private RunningQuery? _running;
    private int? _timeout;

    public ClickHouseCommand()
    {
    }

    public ClickHouseCommand(string commandText, ClickHouseConnection connection) => (CommandText, _connection) = (commandText, connection);

    [AllowNull]
    public override string CommandText { get; set; } = string.Empty;

    /// <summary>
    /// Seconds, 0 for no limit; by default the connection string's Timeout. The server gets it as max_execution_time;
    /// if it does not answer at all, the client gives up 5 s later and kills the query.
    /// </summary>
    public override int CommandTimeout
    {
        get => _timeout ?? (_connection is null ? 30 : _connection.ConnectionTimeout);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _timeout = value;
        }
    }

    /// <exception cref="NotSupportedException">Another type than Text is set.</exception>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
            {
                throw new NotSupportedException($"ClickHouse has no {value}; only CommandType.Text is supported.");
            }
        }
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    public new ClickHouseConnection? Connection
    {
        get => _connection;
        set => _connection = value;
    }

    public new ClickHouseParameterCollection Parameters { get; } = [];

    /// <summary>ClickHouse settings of this command; they go before those of the connection string.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The id under which the server knows the query; by default a new one at every execution.</summary>
    public string? QueryId { get; set; }

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => _connection = value as ClickHouseConnection
            ?? (value is null ? null : throw new InvalidCastException($"A {nameof(ClickHouseConnection)} is needed, not {value.GetType()}."));
    }

    protected override DbParameterCollection DbParameterCollection => Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => null;
        set
        {
            if (value is not null)
            {
                throw new NotSupportedException("ClickHouse has no transactions over HTTP.");
            }
        }
    }

    /// <summary>Stops the execution that is going on, on the server too; who waits for it gets an OperationCanceledException.</summary>
    public override void Cancel() => _running?.Cancel();

    /// <summary>Does nothing: ClickHouse prepares no statements.</summary>
    public override void Prepare()
    {
    }

    /// <summary>Runs the query and gives its rows for reading in place, without objects per value.</summary>
    /// <exception cref="ClickHouseException">The server refused the query or can't be reached.</exception>
    public async Task<ClickHouseRows> ExecuteRowsAsync(CancellationToken cancellationToken = default)
    {
        var (query, response) = await SendAsync(cancellationToken).ConfigureAwait(false);
        ResponseBody? body = null;
        try
        {
            if (ResponseHeaders.Get(response, ResponseHeaders.Format) is { } format && !string.Equals(format, ResultFormat, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The statement has a FORMAT clause ({format}); leave it out, the provider reads {ResultFormat}.");
            }

            body = await ClickHouseHttp.OpenBodyAsync(response, query.QueryId, cancellationToken).ConfigureAwait(false);
            return await ClickHouseRows.OpenAsync(query, body, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (body is not null)
            {
                await body.DisposeAsync().ConfigureAwait(false);
            }

            response.Dispose();
            query.Dispose();
            throw;
        }
    }

    public new async Task<ClickHouseDataReader> ExecuteReaderAsync(CancellationToken cancellationToken = default) =>
        (ClickHouseDataReader)await ExecuteDbDataReaderAsync(CommandBehavior.Default, cancellationToken).ConfigureAwait(false);

    public new ClickHouseDataReader ExecuteReader() => (ClickHouseDataReader)ExecuteDbDataReader(CommandBehavior.Default);

    public override int ExecuteNonQuery() => ExecuteNonQueryAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Runs a statement to its end. Gives the rows that it wrote: 0 for one that writes none, -1 if the answer does not say.</summary>
    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        var (query, response) = await SendAsync(cancellationToken).ConfigureAwait(false);
        using (query)
        using (response)
        {
            await using var body = await ClickHouseHttp.OpenBodyAsync(response, query.QueryId, cancellationToken).ConfigureAwait(false);
            while (await query.WaitAsync(body.FillAsync, cancellationToken).ConfigureAwait(false))
            {
                body.Consume(body.Available.Length);
            }

            return QuerySummary.From(response) is { } summary ? (int)Math.Min(summary.WrittenRows, int.MaxValue) : -1;
        }
    }

    public override object? ExecuteScalar() => ExecuteScalarAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>The first column of the first row; null if there is no row, DBNull for a null.</summary>
    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        await using var rows = await ExecuteRowsAsync(cancellationToken).ConfigureAwait(false);
        return await rows.ReadAsync(cancellationToken).ConfigureAwait(false) ? rows.GetValue(0) ?? DBNull.Value : null;
    }

    protected override DbParameter CreateDbParameter() => new ClickHouseParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        ExecuteDbDataReaderAsync(behavior, CancellationToken.None).GetAwaiter().GetResult();

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        var rows = await ExecuteRowsAsync(cancellationToken).ConfigureAwait(false);
        return new ClickHouseDataReader(rows, behavior.HasFlag(CommandBehavior.CloseConnection) ? _connection : null);
    }

    private async Task<(RunningQuery Query, HttpResponseMessage Response)> SendAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(CommandText))
        {
            throw new InvalidOperationException("The command has no text.");
        }

        var connection = _connection ?? throw new InvalidOperationException("The command has no connection.");
        var source = connection.OpenSource;
        var request = CreateRequest(connection);
        var query = _running = new RunningQuery(source.Http, request.QueryId, TimeSpan.FromSeconds(CommandTimeout));
        try
        {
            var response = await query.WaitAsync(
                async token => await source.Http.SendAsync(request, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return (query, response);
        }
        catch
        {
            query.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The server takes null for a Nullable placeholder that has no value; a forgotten one must not look like that.
    /// Definitions of parameterized views keep their placeholders.
    /// </summary>
    private void RequireValues(Dictionary<string, string> placeholders)
    {
        var missing = placeholders.Keys.Where(name => !Parameters.Contains(name) && !Settings.ContainsKey("param_" + name)).ToArray();
        if (missing.Length > 0 && !CommandText.AsSpan().TrimStart().StartsWith("create", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                $"The statement has no value for {{{string.Join("}, {", missing)}}}. With Dapper pass new ClickHouseParameters(new {{ … }}): of a plain object it drops properties that don't stand after @, ? or :.");
        }
    }

    private QueryRequest CreateRequest(ClickHouseConnection connection)
    {
        var settings = new List<KeyValuePair<string, string>> { new("output_format_binary_write_json_as_string", "1") };
        if (CommandTimeout > 0)
        {
            settings.Add(new("max_execution_time", CommandTimeout.ToString(CultureInfo.InvariantCulture)));
        }

        settings.AddRange(Settings);
        var placeholders = ParameterPlaceholders.Find(CommandText);
        RequireValues(placeholders);
        return new QueryRequest
        {
            Sql = CommandText,
            QueryId = QueryId ?? Guid.NewGuid().ToString(),
            Database = connection.Database,
            Format = ResultFormat,
            Settings = settings,
            ResponseCompression = connection.Source.Options.Compression,
            Parameters = [.. Parameters.Select<ClickHouseParameter, KeyValuePair<string, string>>(parameter => new(
                parameter.ParameterName,
                ParameterText.Format(parameter, placeholders.GetValueOrDefault(parameter.ParameterName))))],
        };
    }
}
