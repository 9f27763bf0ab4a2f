namespace LifecycleMetrics.Ingest.Tests.Support;

/// <summary>
/// The network between the writer and ClickHouse. Every request it lets through reaches the real engine; what it takes
/// away is the way there or the answer.
/// </summary>
internal sealed class LossyHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    /// <summary>Requests fail before they are sent, as while the engine is down.</summary>
    public bool IsDown { get; set; }

    /// <summary>How many of the next inserts are carried out and then have their answer cut off.</summary>
    public int AnswersToLose { get; set; }

    /// <summary>Inserts are carried out and their answers never come.</summary>
    public bool AnswersHang { get; set; }

    /// <summary>Runs after an insert was carried out whose answer is lost.</summary>
    public Func<Task>? AfterLoss { get; set; }

    public int Inserts { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDown)
            throw new HttpRequestException("Connection refused");
        var isInsert = Uri.UnescapeDataString(request.RequestUri!.Query).Contains("insert into", StringComparison.OrdinalIgnoreCase);
        var response = await base.SendAsync(request, isInsert ? CancellationToken.None : cancellationToken);
        if (!isInsert)
            return response;
        Inserts++;
        if (AnswersHang)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        if (AnswersToLose == 0)
            return response;

        AnswersToLose--;
        response.Dispose();
        if (AfterLoss is not null)
            await AfterLoss();
        throw new HttpRequestException("Connection reset by peer");
    }
}
