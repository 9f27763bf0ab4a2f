using System.CommandLine;
using ClickHouse.Data;
using ClickHouse.Embedded;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Storage.Schema;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>Runs the verb and turns what can go wrong for an operator into a clear message and an exit code.</summary>
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
        catch (OperationCanceledException)
        {
            return ExitCode.Failed;
        }
        catch (Exception e) when (Usage(e) is { } message)
        {
            return Fail(message, ExitCode.WrongUsage);
        }
        catch (Exception e) when (Failure(e) is { } message)
        {
            return Fail(message, ExitCode.Failed);
        }
    }

    /// <summary>What is wrong with the command or the configuration; null if something else is.</summary>
    private static string? Usage(Exception e) => e switch
    {
        UsageException or InvalidModelException => e.Message,
        OptionsValidationException settings => string.Join('\n', settings.Failures),
        // Several sections have faults.
        AggregateException sections when sections.InnerExceptions.All(section => section is OptionsValidationException) =>
            string.Join('\n', sections.InnerExceptions.Select(Usage)),
        _ => null,
    };

    /// <summary>What went wrong and can without a fault of the program; null if it can't.</summary>
    private static string? Failure(Exception e) => e switch
    {
        ClickHouseException { ServerCode: UnknownTable } =>
            $"The database has no schema yet, or an older one: run the verb migrate. ({e.Message})",
        EmbeddedClickHouseException or SchemaException or ClickHouseException or TimeoutException => e.Message,
        IOException when e.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase) =>
            $"{e.Message} Stop the program that listens there, or give another address with --urls.",
        // A file or directory that can't be used, a spool that another server holds: the message names it.
        IOException or UnauthorizedAccessException or InvalidDataException => e.Message,
        _ => null,
    };

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
