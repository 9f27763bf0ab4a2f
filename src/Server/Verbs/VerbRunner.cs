using System.CommandLine;
using ClickHouse.Data;
using ClickHouse.Embedded;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Storage.Schema;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>Runs the verb and turns what can go wrong for an operator into one clear line and an exit code.</summary>
internal static class VerbRunner
{
    private const int UnknownTable = 60;

    public static async Task<int> RunAsync(RootCommand command, string[] arguments)
    {
        var parsed = command.Parse(arguments);
        try
        {
            var code = await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // the host handles Ctrl-C and SIGTERM, and drains
            });
            return parsed.Errors.Count > 0 ? ExitCode.WrongUsage : code;
        }
        catch (UsageException e)
        {
            return Fail(e.Message, ExitCode.WrongUsage);
        }
        catch (InvalidModelException e)
        {
            return Fail(e.Message, ExitCode.WrongUsage);
        }
        catch (OptionsValidationException e)
        {
            return Fail(string.Join('\n', e.Failures), ExitCode.WrongUsage);
        }
        catch (ClickHouseException e) when (e.ServerCode == UnknownTable)
        {
            return Fail($"The database has no schema yet, or an older one: run the verb migrate. ({e.Message})", ExitCode.Failed);
        }
        catch (Exception e) when (e is EmbeddedClickHouseException or SchemaException or ClickHouseException or TimeoutException)
        {
            return Fail(e.Message, ExitCode.Failed);
        }
        catch (IOException e) when (e.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase))
        {
            return Fail($"{e.Message} Stop the program that listens there, or give another address with --urls.", ExitCode.Failed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file or directory that can't be used, a spool that another server holds: the message names it.
            return Fail(e.Message, ExitCode.Failed);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failed;
        }
    }

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
