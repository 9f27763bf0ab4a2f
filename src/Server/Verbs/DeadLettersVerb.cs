using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using LifecycleMetrics.Ingest.DeadLettering;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>deadletters: shows the refused events of a data directory, gives them out, and sends them again.</summary>
internal static class DeadLettersVerb
{
    private static readonly Option<DateTimeOffset?> Since = Instant("--since", "Refused at or after this day or instant (UTC if no zone is given).");
    private static readonly Option<DateTimeOffset?> Until = Instant("--until", "Refused before this day or instant.");
    private static readonly Option<string?> Reason = new("--reason") { Description = "Reason code." };
    private static readonly Option<string?> Source = new("--source") { Description = "Source name of the key the event came with." };
    private static readonly Option<string?> Key = new("--key") { Description = "Id of the write key." };

    public static Command Command() =>
        new Command("deadletters", "Events that were refused, kept on disk.") { List(), Export(), Replay() }.WithCommonOptions();

    private static Command List()
    {
        var examples = new Option<int>("--examples") { Description = "Events shown of each reason.", DefaultValueFactory = _ => 1 };
        var command = Filtered("list", "How many by day, reason, source and key, and what became of those that were replayed.", examples);
        command.SetAction((parsed, token) => ListAsync(DataDirectory(parsed), Filter(parsed), parsed.GetValue(examples), token));
        return command;
    }

    private static Command Export()
    {
        var output = new Option<FileInfo?>("--out") { Description = "File for the lines; standard output if not given." };
        var command = Filtered("export", "The dead letters as NDJSON.", output);
        command.SetAction((parsed, token) => ExportAsync(DataDirectory(parsed), Filter(parsed), parsed.GetValue(output), token));
        return command;
    }

    private static Command Replay()
    {
        var again = new Option<bool>("--again") { Description = "Also those that were replayed before." };
        var command = Filtered("replay", "Send the events again, each once, as received when they were.", again);
        command.SetAction((parsed, token) => ReplayAsync(DataDirectory(parsed), new(Filter(parsed), parsed.GetValue(again)), token));
        return command;
    }

    private static Command Filtered(string name, string description, Option own) =>
        new(name, description) { Since, Until, Reason, Source, Key, own };

    private static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                return at;
            result.AddError($"{name} '{result.Tokens[0].Value}' is no day or instant such as 2026-01-31 or 2026-01-31T12:00:00Z.");
            return null;
        },
    };

    private static string DataDirectory(ParseResult parsed) => parsed.GetRequiredValue(CommonOptions.Data).FullName;

    private static DeadLetterFilter Filter(ParseResult parsed) => new(
        parsed.GetValue(Since), parsed.GetValue(Until), parsed.GetValue(Reason), parsed.GetValue(Source), parsed.GetValue(Key));

    private static async Task<int> ListAsync(string dataDirectory, DeadLetterFilter filter, int examples, CancellationToken cancellationToken)
    {
        var files = new DeadLetterFiles(dataDirectory);
        var list = new DeadLetterList(ReplayMarks.Load(dataDirectory), examples);
        await foreach (var (letter, _) in files.ReadAsync(filter, cancellationToken)) list.Add(letter);
        list.Print(Console.Out);
        if (files.Unreadable > 0) Console.WriteLine($"{files.Unreadable} lines can't be read: torn by a crash, or edited.");
        return ExitCode.Done;
    }

    private static async Task<int> ExportAsync(string dataDirectory, DeadLetterFilter filter, FileInfo? output, CancellationToken cancellationToken)
    {
        var count = 0L;
        await using (var to = output is null ? Console.OpenStandardOutput() : output.Create())
        {
            await foreach (var (_, line) in new DeadLetterFiles(dataDirectory).ReadAsync(filter, cancellationToken))
            {
                await to.WriteAsync(line, cancellationToken);
                to.WriteByte((byte)'\n');
                count++;
            }
        }

        Console.Error.WriteLine($"{count} dead letters");
        return ExitCode.Done;
    }

    private static Task<int> ReplayAsync(string dataDirectory, ReplayRequest request, CancellationToken cancellationToken) =>
        SendingServer.RunAsync(dataDirectory, (url, key) => ReplayAsync(url, key, request, cancellationToken), cancellationToken);

    private static async Task<int> ReplayAsync(string url, string key, ReplayRequest request, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url + "/"), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var response = await http.PostAsJsonAsync("v1/deadletters/replay", request, cancellationToken);
            response.EnsureSuccessStatusCode();
            var done = (await response.Content.ReadFromJsonAsync<ReplaySummary>(cancellationToken))!;
            Console.WriteLine($"{done.Found:N0} dead letters: {done.Accepted:N0} accepted, {done.Duplicates:N0} duplicates, {done.Refused:N0} refused again, {done.Skipped:N0} replayed before");
            if (done.WithoutEvent > 0) Console.WriteLine($"{done.WithoutEvent:N0} hold no event and can't be replayed.");
            return ExitCode.Done;
        }
        catch (HttpRequestException e)
        {
            Console.Error.WriteLine($"{e.Message} What was replayed is marked; the same command goes on.");
            return ExitCode.Failed;
        }
    }
}
