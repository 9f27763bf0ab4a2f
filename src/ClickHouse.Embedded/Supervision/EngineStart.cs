using Microsoft.Extensions.Logging;

namespace ClickHouse.Embedded.Supervision;

/// <summary>Starts the engine's process and waits until it answers, has ended, or takes too long.</summary>
internal static class EngineStart
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(250);

    public static async Task<EngineProcess> RunAsync(EngineLaunch launch, ILogger logger, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(launch.StartTimeout);
        EmbeddedClickHouseException? locked = null;
        while (true)
        {
            var process = EngineProcess.Start(launch);
            try
            {
                if (await AnswersAsync(process, launch, deadline.Token)) return process;
            }
            catch (OperationCanceledException)
            {
                var words = process.LastWords();
                await process.DisposeAsync();
                cancellationToken.ThrowIfCancellationRequested();
                throw locked ?? new EmbeddedClickHouseException(
                    EngineFault.StartTimeout, $"The engine did not answer within {launch.StartTimeout}. It printed: {words}");
            }

            var exit = Describe(process, launch);
            await process.DisposeAsync();
            if (exit.Fault != EngineFault.DirectoryLocked) throw exit;

            // A server that was killed leaves an engine that is still closing its files.
            if (locked is null) Log.DirectoryLocked(logger, launch.Directory.Root);
            locked = exit;
            await WaitOrThrowAsync(locked, deadline.Token, cancellationToken);
        }
    }

    private static async Task WaitOrThrowAsync(
        EmbeddedClickHouseException locked, CancellationToken deadline, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(LockRetry, deadline);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw locked;
        }
    }

    private static async Task<bool> AnswersAsync(EngineProcess process, EngineLaunch launch, CancellationToken cancellationToken)
    {
        using var probe = new EngineProbe(launch);
        while (!process.HasExited)
        {
            if (await probe.AnswersAsync(cancellationToken)) return true;
            await Task.Delay(ProbeInterval, cancellationToken);
        }

        await process.WaitForExitAsync(cancellationToken); // so that all it printed has been read
        return false;
    }

    private static EmbeddedClickHouseException Describe(EngineProcess process, EngineLaunch launch)
    {
        var words = process.LastWords();
        if (words.Contains("Another server instance in same directory", StringComparison.Ordinal))
            return new EmbeddedClickHouseException(
                EngineFault.DirectoryLocked,
                $"The data directory {launch.Directory.Root} is in use by another engine. Stop the server that uses it, " +
                "or give this one its own directory with --data.");
        if (words.Contains("Address already in use", StringComparison.Ordinal))
            return new EmbeddedClickHouseException(
                EngineFault.PortTaken,
                $"Port {launch.HttpPort} or {launch.NativePort} on 127.0.0.1 was taken while the engine started. Start again, " +
                "or set ClickHouse:HttpPort and ClickHouse:NativePort to free ports.");
        return new EmbeddedClickHouseException(
            EngineFault.EngineExited, $"The engine ended with code {process.ExitCode} before it answered. It printed: {words}");
    }
}
