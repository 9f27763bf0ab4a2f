using System.CommandLine;
using LifecycleMetrics.Reporting;
using LifecycleMetrics.Reporting.Email;
using LifecycleMetrics.Reporting.Email.Definitions;
using LifecycleMetrics.Reporting.Email.Rendering;
using LifecycleMetrics.Reporting.Email.Templates;
using LifecycleMetrics.Storage;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>report: lists the e-mail reports, shows one as it would be sent now, or sends it.</summary>
internal static class ReportVerb
{
    public static Command Command() => new Command("report", "E-mail reports.") { List(), Preview(), Send() }.WithCommonOptions();

    private static Command List()
    {
        var command = new Command("list", "Which reports there are, when they go out, and where the latest stand.");
        command.SetAction((parsed, token) => RunAsync(parsed, ListAsync, token));
        return command;
    }

    private static Command Preview()
    {
        var id = new Argument<string>("id") { Description = "Report, as list names it." };
        var output = new Option<FileInfo?>("--out") { Description = "File for the HTML; standard output if not given." };
        var language = new Option<string?>("--language") { Description = "en, es, it or pt; the report's own if not given." };
        var at = new Option<DateTimeOffset?>("--at") { Description = "The instant the report is made for; now if not given." };
        var command = new Command("preview", "The mail as it would go out, as HTML to look at in a browser.") { id, output, language, at };
        command.SetAction((parsed, token) => RunAsync(
            parsed,
            async (runner, cancellationToken) =>
            {
                var report = await runner.PreviewAsync(
                    parsed.GetRequiredValue(id), parsed.GetValue(language), parsed.GetValue(at), cancellationToken);
                await WriteAsync(report, parsed.GetValue(output), cancellationToken);
            },
            token));
        return command;
    }

    private static Command Send()
    {
        var id = new Argument<string>("id") { Description = "Report, as list names it." };
        var command = new Command("send", "Send the latest issue to those who have not got it.") { id };
        command.SetAction((parsed, token) => RunAsync(
            parsed,
            async (runner, cancellationToken) =>
            {
                foreach (var delivery in await runner.SendAsync(parsed.GetRequiredValue(id), cancellationToken))
                    Console.WriteLine($"{delivery.Recipient}: {delivery.Status} {delivery.Detail}".TrimEnd());
            },
            token));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, Func<ReportRunner, CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        await using var verb = await VerbServices.OpenAsync(
            parsed.GetRequiredValue(CommonOptions.Data).FullName,
            (services, configuration) => services.AddStorage(configuration).AddReporting(configuration),
            cancellationToken);
        try
        {
            await action(verb.Services.GetRequiredService<ReportRunner>(), cancellationToken);
            return ExitCode.Done;
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException or InvalidReportException)
        {
            throw new UsageException(e.Message);
        }
        catch (Exception e) when (e is ReportDataException or TemplateException or InvalidOperationException or IOException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.Failed;
        }
    }

    private static async Task ListAsync(ReportRunner runner, CancellationToken cancellationToken)
    {
        foreach (var report in await runner.ListAsync(cancellationToken))
        {
            var next = report.NextAt is { } at ? $"next {at:u}" : "schedules are off (Email:Enabled)";
            Console.WriteLine($"{report.Id}  {report.Name}  [{report.Schedule}, {next}, {report.RecipientCount} recipients]");
            foreach (var delivery in report.Latest)
                Console.WriteLine($"  {delivery.SlotAt:u}  {delivery.Recipient}  {delivery.Status} {delivery.Detail}".TrimEnd());
        }
    }

    private static async Task WriteAsync(RenderedReport report, FileInfo? output, CancellationToken cancellationToken)
    {
        if (output is null)
        {
            Console.WriteLine(report.ToPage());
            return;
        }

        await File.WriteAllTextAsync(output.FullName, report.ToPage(), cancellationToken);
        Console.WriteLine($"{report.Subject}\n{output.FullName}");
    }
}
