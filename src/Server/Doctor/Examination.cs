using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using ClickHouse.Data;
using ClickHouse.Embedded;
using Dapper;
using LifecycleMetrics.Server.Configuration;
using LifecycleMetrics.Server.Local;
using LifecycleMetrics.Server.Verbs;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Storage.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Server.Doctor;

/// <summary>The doctor's round: data directory, settings, address, ClickHouse and its schema.</summary>
internal static class Examination
{
    private const int UnknownTable = 60;
    private const long LittleSpace = 2L << 30;

    public static async IAsyncEnumerable<Finding> RunAsync(
        string dataDirectory, string urls, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var running = RunFile.Find(dataDirectory);
        yield return DataDirectory(dataDirectory);
        yield return Space(dataDirectory);
        yield return Settings();
        yield return Address(urls, running);
        await foreach (var finding in DatabaseAsync(dataDirectory, cancellationToken)) yield return finding;
    }

    private static Finding DataDirectory(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".doctor-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new Finding("data", true, $"{path} can be written");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Finding("data", false, $"{path} can't be written ({e.Message}); give another directory with --data");
        }
    }

    private static Finding Space(string path)
    {
        var free = new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace;
        return free >= LittleSpace
            ? new Finding("space", true, $"{free >> 30} GB free")
            : new Finding("space", false, $"only {free >> 20} MB free; events are refused when the spool has no room");
    }

    private static Finding Settings()
    {
        try
        {
            var settings = new ConfigurationBuilder().AddServerSettings([]).Build().GetSection(ReportSettings.Section).BindTo(new ReportSettings());
            var faults = settings.Faults().ToArray();
            return faults.Length == 0
                ? new Finding("settings", true, $"days begin in {settings.TimeZone}, weeks on {settings.WeekStart}, amounts in {settings.Currency}")
                : new Finding("settings", false, string.Join(' ', faults));
        }
        catch (Exception e) when (e is UsageException or OptionsValidationException)
        {
            return new Finding("settings", false, e.Message);
        }
    }

    private static Finding Address(string urls, RunFile? running)
    {
        if (running is not null)
            return new Finding("address", true, $"a server runs here: {running.Url} (process {running.ProcessId})");
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var port = new Uri(url.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal)).Port;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
            }
            catch (SocketException e)
            {
                return new Finding("address", false, $"{url} can't be listened on ({e.Message}); give another address with --urls");
            }
        }

        return new Finding("address", true, $"{urls} is free");
    }

    private static async IAsyncEnumerable<Finding> DatabaseAsync(
        string dataDirectory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (verb, fault) = await OpenAsync(dataDirectory, cancellationToken);
        if (verb is null)
        {
            yield return new Finding("clickhouse", false, fault);
            yield break;
        }

        await using (verb)
        {
            var answer = await AnswerAsync(verb, cancellationToken);
            yield return answer;
            if (!answer.IsGood) yield break;
            var schema = await verb.Services.GetRequiredService<ClickHouseReadiness>()
                .CheckHealthAsync(new HealthCheckContext(), cancellationToken);
            yield return schema.Exception is ClickHouseException { ServerCode: UnknownTable }
                ? new Finding("schema", true, "none yet; the first start makes it")
                : new Finding("schema", schema.Status == HealthStatus.Healthy, schema.Description ?? "");
        }
    }

    private static async Task<(VerbServices? Verb, string Fault)> OpenAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        try
        {
            return (await VerbServices.OpenAsync(dataDirectory, (s, c) => s.AddStorage(c), cancellationToken), "");
        }
        catch (Exception e) when (e is EmbeddedClickHouseException or UsageException or OptionsValidationException)
        {
            return (null, e.Message);
        }
    }

    private static async Task<Finding> AnswerAsync(VerbServices verb, CancellationToken cancellationToken)
    {
        var database = verb.Services.GetRequiredKeyedService<ClickHouseDataSource>(StorageUser.Writer);
        try
        {
            await using var connection = database.CreateConnection();
            var version = await connection.QuerySingleAsync<string>(
                new CommandDefinition("select version()", cancellationToken: cancellationToken));
            return new Finding("clickhouse", true, $"{version} answers ({database.ConnectionString})");
        }
        catch (ClickHouseException e)
        {
            return new Finding("clickhouse", false, $"{e.Message} ({database.ConnectionString})");
        }
    }
}
