using LifecycleMetrics.Server.Hosting;
using LifecycleMetrics.Server.Local;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>The server a verb sends through: the one that runs on the data directory, else one of its own.</summary>
internal static class SendingServer
{
    /// <summary>Sends; through a server of its own the verb waits until what was sent is in the numbers.</summary>
    /// <param name="dataDirectory">Data directory.</param>
    /// <param name="sendAsync">Sends to an address with a key, and gives the exit code.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<int> RunAsync(
        string dataDirectory, Func<string, string, Task<int>> sendAsync, CancellationToken cancellationToken)
    {
        if (RunFile.Find(dataDirectory) is { } running)
            return await sendAsync(running.Url, running.WriteKey);

        // It receives and counts, and nothing more: mails are for the server that is there to send them.
        var settings = new ServerSettings(
            dataDirectory, "http://127.0.0.1:0", ServerRole.Ingest,
            new() { ["Logging:LogLevel:Default"] = "Warning", ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning" });
        await using var server = await RunningServer.StartAsync(settings, cancellationToken);
        var code = await sendAsync(server.Url, server.LocalKey);
        await CatchUp.WaitAsync(server.App.Services, cancellationToken);
        return code;
    }
}
