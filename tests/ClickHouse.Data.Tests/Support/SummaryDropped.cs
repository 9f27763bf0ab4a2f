namespace ClickHouse.Data.Tests.Support;

/// <summary>The way to the engine, with something on it that passes on no header with what the server counted.</summary>
internal sealed class SummaryDropped() : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        response.Headers.Remove("X-ClickHouse-Summary");
        return response;
    }
}
