using System.Globalization;

namespace ClickHouse.Data.Http;

/// <summary>Sends one <see cref="ClickHouseInsert"/>.</summary>
internal static class InsertOperation
{
    public static async Task<ClickHouseInsertResult> RunAsync(
        ClickHouseDataSource source, string database, ClickHouseInsert insert, CancellationToken cancellationToken)
    {
        if (insert.Body is null == insert.WriteBodyAsync is null)
        {
            throw new ArgumentException($"An insert needs one of {nameof(insert.Body)} and {nameof(insert.WriteBodyAsync)}.", nameof(insert));
        }

        var timeout = insert.Timeout ?? source.Options.Timeout;
        var queryId = insert.QueryId ?? Guid.NewGuid().ToString();
        using var content = new InsertContent(insert);
        var request = new QueryRequest
        {
            Sql = Statement(insert),
            QueryId = queryId,
            Database = database,
            Settings = Settings(insert, timeout),
            Body = content,
        };
        using var query = new RunningQuery(source.Http, queryId, timeout);
        using var response = await query.WaitAsync(
            async token => await source.Http.SendAsync(request, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        await using var body = await ClickHouseHttp.OpenBodyAsync(response, queryId, cancellationToken).ConfigureAwait(false);
        while (await query.WaitAsync(body.FillAsync, cancellationToken).ConfigureAwait(false))
        {
            body.Consume(body.Available.Length);
        }

        var summary = QuerySummary.From(response) ?? default;
        return new ClickHouseInsertResult(queryId, summary.WrittenRows, summary.WrittenBytes);
    }

    private static string Statement(ClickHouseInsert insert)
    {
        if (!insert.Format.All(char.IsAsciiLetterOrDigit) || insert.Format.Length == 0)
        {
            throw new ArgumentException($"'{insert.Format}' is not the name of a format.", nameof(insert));
        }

        var columns = insert.Columns.Count == 0 ? string.Empty : $" ({string.Join(", ", insert.Columns.Select(Identifier.Quote))})";
        return $"insert into {Identifier.QuoteTable(insert.Table)}{columns} format {insert.Format}";
    }

    private static List<KeyValuePair<string, string>> Settings(ClickHouseInsert insert, TimeSpan timeout)
    {
        var settings = new List<KeyValuePair<string, string>>
        {
            new("async_insert", "0"),
            new("input_format_binary_read_json_as_string", "1"),
        };
        if (insert.DeduplicationToken is { } token)
        {
            settings.Add(new("insert_deduplication_token", token));
        }

        if (timeout > TimeSpan.Zero)
        {
            settings.Add(new("max_execution_time", timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)));
        }

        settings.AddRange(insert.Settings);
        return settings;
    }
}
