using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ClickHouse.Embedded.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickHouse.Embedded.Tests;

public sealed class EmbeddedClickHouseTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Start_FreshDirectory_AnswersAsWriter()
    {
        await using var engine = await StartAsync();
        using var writer = new EngineClient(engine.ConnectionString(EngineUser.Writer));

        Assert.Equal("lm_writer\tlifecycle_metrics", await writer.AskAsync("select currentUser(), currentDatabase()"));
    }

    [Fact]
    public async Task Start_SecondTime_FindsTheDataAndTheFunctions()
    {
        await using (var first = await StartAsync())
        {
            using var writer = new EngineClient(first.ConnectionString(EngineUser.Writer));
            await writer.AskAsync("create function lm_twice as (a) -> a * 2");
            await writer.AskAsync("create table t (a Int32) engine = MergeTree order by a");
            await writer.AskAsync("insert into t values (7)");
        }

        await using var second = await StartAsync();
        using var again = new EngineClient(second.ConnectionString(EngineUser.Writer));
        Assert.Equal("7", await again.AskAsync("select a from t"));
        using var reader = new EngineClient(second.ConnectionString(EngineUser.Dashboards));
        Assert.Equal("14", await reader.AskAsync("select lm_twice(7)"));
    }

    [Fact]
    public async Task Log_OfAnEngineThatWorks_HasNothingBelowWarnings()
    {
        await using (var engine = await StartAsync())
        {
            using var writer = new EngineClient(engine.ConnectionString(EngineUser.Writer));
            await writer.AskAsync("select 1");
        }

        var log = await File.ReadAllTextAsync(Path.Combine(_directory.Path, "engine.log"), Cancelled);
        Assert.DoesNotMatch("<(Information|Debug|Trace)>", log);
    }

    [Theory]
    [InlineData(EngineUser.Dashboards)]
    [InlineData(EngineUser.OData)]
    public async Task Reader_MayReadPublishedViewsOnly(EngineUser user)
    {
        await using var engine = await StartAsync();
        using var writer = new EngineClient(engine.ConnectionString(EngineUser.Writer));
        await writer.AskAsync("create table secret (a Int32) engine = MergeTree order by a");
        await writer.AskAsync("insert into secret values (7)");
        await writer.AskAsync("create view kpi_x definer = CURRENT_USER sql security definer as select a from secret");
        using var reader = new EngineClient(engine.ConnectionString(user));

        Assert.Equal("7", await reader.AskAsync("select a from kpi_x settings max_execution_time = 5"));
        Assert.Contains("ACCESS_DENIED", await reader.AskAsync("select a from secret"), StringComparison.Ordinal);
        Assert.StartsWith("Code: ", await reader.AskAsync("drop view kpi_x"), StringComparison.Ordinal);
        Assert.StartsWith("Code: ", await reader.AskAsync("select 1 settings max_execution_time = 1000"), StringComparison.Ordinal);
        Assert.StartsWith("Code: ", await reader.AskAsync("select * from file('/etc/passwd', LineAsString)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongPassword_IsRefused()
    {
        await using var engine = await StartAsync();
        var wrong = engine.ConnectionString(EngineUser.Writer).Replace("Password=", "Password=x", StringComparison.Ordinal);
        using var client = new EngineClient(wrong);

        Assert.Contains("AUTHENTICATION_FAILED", await client.AskAsync("select 1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnginesOwnUser_HasNoQueryLeftForTheNetwork()
    {
        await using var engine = await StartAsync();
        using var client = new EngineClient($"Host=127.0.0.1;Port={engine.HttpPort};Username=default;Password=;Database=default");

        var fileRead = await client.AskAsync("select * from file('/etc/passwd', LineAsString)");
        var listenStop = await client.AskAsync("system stop listen http");

        Assert.Contains("QUOTA_EXCEEDED", fileRead, StringComparison.Ordinal);
        Assert.Contains("QUOTA_EXCEEDED", listenStop, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_AreReadableByTheirOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are Unix file modes.");
        await using var engine = await StartAsync();

        foreach (var file in new[] { "credentials.json", "users.xml", "config.xml" })
        {
            var mode = File.GetUnixFileMode(Path.Combine(_directory.Path, file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        }
    }

    [Fact]
    public async Task Start_PortTaken_SaysWhichAndHowToChangeIt()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var e = await Assert.ThrowsAsync<EmbeddedClickHouseException>(() => StartAsync(o => o.HttpPort = port));

        Assert.Equal(EngineFault.PortTaken, e.Fault);
        Assert.Contains($"{port}", e.Message, StringComparison.Ordinal);
        Assert.Contains("ClickHouse:HttpPort", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DirectoryInUse_SaysSo()
    {
        await using var first = await StartAsync();

        var e = await Assert.ThrowsAsync<EmbeddedClickHouseException>(
            () => StartAsync(o => o.StartTimeout = TimeSpan.FromSeconds(3)));

        Assert.Equal(EngineFault.DirectoryLocked, e.Fault);
        Assert.Contains(_directory.Path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_LibraryMissing_SaysHowToInstallIt()
    {
        var e = await Assert.ThrowsAsync<EmbeddedClickHouseException>(() => StartAsync(o => o.LibraryPath = "/nowhere/libchdb.so"));

        Assert.Equal(EngineFault.LibraryMissing, e.Fault);
        Assert.Contains("npm ci", e.Message, StringComparison.Ordinal);
        Assert.Contains("ClickHouse:ConnectionString", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EngineKilled_IsStartedAgainOnTheSamePortWithItsData()
    {
        await using var engine = await StartAsync();
        using var writer = new EngineClient(engine.ConnectionString(EngineUser.Writer));
        await writer.AskAsync("create table t (a Int32) engine = MergeTree order by a");
        await writer.AskAsync("insert into t values (7)");
        var restarted = new TaskCompletionSource();
        engine.Restarted += (_, _) => restarted.TrySetResult();
        var killed = engine.ProcessId;

        using (var process = Process.GetProcessById(killed)) process.Kill();
        await restarted.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancelled);

        Assert.NotEqual(killed, engine.ProcessId);
        Assert.Equal("7", await writer.AskAsync("select a from t"));
    }

    [Fact]
    public async Task Dispose_EndsTheProcess()
    {
        var engine = await StartAsync();
        using var process = Process.GetProcessById(engine.ProcessId);

        await engine.DisposeAsync();

        await process.WaitForExitAsync(Cancelled).WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
    }

    [Fact]
    public async Task Listens_OnLoopbackOnly()
    {
        await using var engine = await StartAsync();
        var listeners = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();

        Assert.All(
            listeners.Where(l => l.Port == engine.HttpPort || l.Port == engine.NativePort),
            l => Assert.Equal(IPAddress.Loopback, l.Address));
        Assert.Contains(listeners, l => l.Port == engine.HttpPort);
    }

    private Task<EmbeddedClickHouse> StartAsync(Action<EmbeddedClickHouseOptions>? change = null)
    {
        var options = new EmbeddedClickHouseOptions { DataDirectory = _directory.Path };
        change?.Invoke(options);
        return EmbeddedClickHouse.StartAsync(options, NullLoggerFactory.Instance, Cancelled);
    }
}
