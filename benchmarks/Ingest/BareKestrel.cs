using System.Buffers;
using System.CommandLine;
using System.Diagnostics;
using LifecycleMetrics.Benchmarks.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Benchmarks.Ingest;

/// <summary>
/// What Kestrel alone reaches: a process of its own that reads each request's body and answers. Nothing is routed, authenticated,
/// parsed or stored.
/// </summary>
internal sealed class BareKestrel : IDisposable
{
    private const string Name = "bare-kestrel";

    private readonly Process _process;

    private BareKestrel(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public CpuClock Cpu => new(_process.Id);

    /// <summary>The command that serves until its input ends, also if who started it is gone; its first line is the address.</summary>
    public static Command Command()
    {
        var command = new Command(Name, "Serves as singles asks it to.") { Hidden = true };
        command.SetAction((_, stop) => ServeAsync(stop));
        return command;
    }

    public static async Task<BareKestrel> StartAsync()
    {
        // With the settings of the runtime that the server has.
        string[] arguments =
        [
            "exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "lifecycle-metrics.runtimeconfig.json"),
            typeof(BareKestrel).Assembly.Location, Name,
        ];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var address = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"{Name} ended with code {process.ExitCode}.");
        return new BareKestrel(process, new Uri(address));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task ServeAsync(CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync(stop);
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await Console.In.ReadToEndAsync(stop);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync();
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        context.Response.ContentLength = Answer.Length;
        context.Response.ContentType = "application/json";
        context.Response.BodyWriter.Write(Answer);
    }

    private static ReadOnlySpan<byte> Answer => """{"success":true}"""u8;
}
