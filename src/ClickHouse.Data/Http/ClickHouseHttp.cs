using System.Globalization;
using System.Net;
using System.Text;

namespace ClickHouse.Data.Http;

/// <summary>Sends queries to one server and turns its refusals into exceptions.</summary>
internal sealed class ClickHouseHttp(HttpClient client, ClickHouseConnectionStringBuilder options)
{
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KillRetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly RequestBuilder _requests = new(options);

    /// <summary>The answer, its headers read and its status a success.</summary>
    /// <exception cref="ClickHouseException">The server refused the query or can't be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(QueryRequest query, CancellationToken cancellationToken)
    {
        using var request = _requests.Build(query);
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(e, query.QueryId);
        }

        var code = ResponseHeaders.Get(response, ResponseHeaders.ExceptionCode);
        if (response.IsSuccessStatusCode && code is null)
        {
            return response;
        }

        using (response)
        {
            throw await RefusedAsync(response, code, query.QueryId, cancellationToken).ConfigureAwait(false);
        }
    }

    public static async Task<ResponseBody> OpenBodyAsync(HttpResponseMessage response, string queryId, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return new ResponseBody(response, ContentCoding.Decode(stream, response.Content.Headers.ContentEncoding), queryId);
    }

    /// <summary>Ends a query on the server. A query that has ended already, or a server that is gone, is no error.</summary>
    public async Task KillAsync(string queryId)
    {
        using var timeout = new CancellationTokenSource(KillTimeout);
        try
        {
            // A request that was cancelled right away may reach the server after the first attempt.
            if (!await TryKillAsync(queryId, timeout.Token).ConfigureAwait(false))
            {
                await Task.Delay(KillRetryDelay, timeout.Token).ConfigureAwait(false);
                await TryKillAsync(queryId, timeout.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is ClickHouseException or OperationCanceledException or IOException or HttpRequestException)
        {
            // The caller is on the way out with the reason of the cancellation; max_execution_time is the second net.
        }
    }

    private async Task<bool> TryKillAsync(string queryId, CancellationToken cancellationToken)
    {
        var kill = new QueryRequest
        {
            Sql = $"kill query where query_id = '{queryId.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}' async",
            QueryId = Guid.NewGuid().ToString(),
            Format = "TabSeparated",
        };
        using var response = await SendAsync(kill, cancellationToken).ConfigureAwait(false);
        var killed = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return killed.Length > 0;
    }

    private static async Task<ClickHouseException> RefusedAsync(
        HttpResponseMessage response, string? codeHeader, string queryId, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using var decoded = ContentCoding.Decode(stream, response.Content.Headers.ContentEncoding);
            using var reader = new StreamReader(decoded, Encoding.UTF8);
            text = await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            text = $"HTTP {(int)response.StatusCode} and a text that breaks off: {e.Message}";
        }

        if (int.TryParse(codeHeader, NumberStyles.None, CultureInfo.InvariantCulture, out var code) || text.StartsWith("Code: ", StringComparison.Ordinal))
        {
            return ClickHouseException.FromServer(text, code, queryId);
        }

        var isTransient = response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests;
        var excerpt = text.Length > 500 ? text[..500] : text;
        return new ClickHouseException(
            string.Create(CultureInfo.InvariantCulture, $"ClickHouse, or something before it, answered HTTP {(int)response.StatusCode}: {excerpt}"),
            0, null, queryId, isTransient, inner: null);
    }

    private ClickHouseException Unreachable(HttpRequestException cause, string queryId) => new(
        string.Create(CultureInfo.InvariantCulture, $"ClickHouse at {options.Host}:{options.Port} can't be reached: {cause.Message}"),
        0, null, queryId, isTransient: true, cause);
}
