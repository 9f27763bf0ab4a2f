using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>Notes every statement on its way to the engine: what it writes, how long it took and how much memory.</summary>
internal sealed partial class StatementLog : DelegatingHandler
{
    private readonly ConcurrentQueue<Statement> _statements = new();

    public StatementLog()
        : base(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        })
    {
    }

    /// <summary>What was noted since the last call.</summary>
    public IReadOnlyList<Statement> Take()
    {
        var taken = new List<Statement>();
        while (_statements.TryDequeue(out var statement))
            taken.Add(statement);
        return taken;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = await request.Content!.ReadAsStringAsync(cancellationToken);
        var parameters = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        var started = Stopwatch.GetTimestamp();
        var response = await base.SendAsync(request, cancellationToken);
        _statements.Enqueue(new Statement(
            InsertInto().Match(text) is { Success: true } insert ? insert.Groups["table"].Value : "",
            parameters["param_model_id"] ?? "",
            started,
            Stopwatch.GetTimestamp(),
            Memory(response)));
        return response;
    }

    private static long Memory(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("X-ClickHouse-Summary", out var values))
            return 0;
        using var summary = JsonDocument.Parse(values.First());
        return summary.RootElement.TryGetProperty("memory_usage", out var memory)
            && long.TryParse(memory.GetString(), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
    }

    [GeneratedRegex(@"insert\s+into\s+(?<table>\w+)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InsertInto();
}
