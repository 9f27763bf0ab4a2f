using System.Net;
using System.Net.Sockets;
using System.Text;
using LifecycleMetrics.Reporting.Email.Transport;

namespace LifecycleMetrics.Reporting.Tests.Email.Transport;

public sealed class SmtpTransportTests
{
    [Fact]
    public async Task Send_ToAServer_ArrivesWithAllItsParts()
    {
        await using var sink = await SmtpSink.StartAsync();
        var message = SomeMessage.To("ann@example.com");
        var result = await Transport(sink).SendAsync(message, TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryOutcome.Sent, result.Outcome);
        var text = Assert.Single(sink.Messages).Text;
        Assert.Contains($"Message-ID: {message.MessageId}", text, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe: <mailto:reports@example.com?subject=unsubscribe%20executive-weekly>", text, StringComparison.Ordinal);
        Assert.Equal(
            ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", .. Enumerable.Repeat("image/png", 8), .. Enumerable.Repeat("text/csv", 3)],
            MimeTypes(text));
        Assert.Contains("Content-ID: <numbers-1@report>", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("src=3D\"cid:numbers-1@report\"", text.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 998));
    }

    [Theory]
    [InlineData("later@example.com", DeliveryOutcome.Deferred, "try again later")]
    [InlineData("never@example.com", DeliveryOutcome.Refused, "no such mailbox")]
    [InlineData("drop@example.com", DeliveryOutcome.Uncertain, "")]
    public async Task Send_WithoutSuccess_SaysWhetherToTryAgain(string address, DeliveryOutcome outcome, string detail)
    {
        await using var sink = await SmtpSink.StartAsync();
        var result = await Transport(sink).SendAsync(SomeMessage.To(address), TestContext.Current.CancellationToken);
        Assert.Equal(outcome, result.Outcome);
        Assert.Contains(detail, result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WhereNobodyListens_IsDeferred()
    {
        var result = await new SmtpTransport(new SmtpOptions { Host = "127.0.0.1", Port = FreePort(), StartTls = false })
            .SendAsync(SomeMessage.To("ann@example.com"), TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryOutcome.Deferred, result.Outcome);
    }

    [Fact]
    public async Task Send_WhereNobodyAnswers_IsUncertain()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        var options = new SmtpOptions { Host = "127.0.0.1", Port = ((IPEndPoint)deaf.LocalEndpoint).Port, StartTls = false, Timeout = TimeSpan.FromMilliseconds(300) };
        var result = await new SmtpTransport(options).SendAsync(SomeMessage.To("ann@example.com"), TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryOutcome.Uncertain, result.Outcome);
    }

    [Fact]
    public async Task Send_ToAServerWithoutTls_IsRefusedUnsent()
    {
        await using var sink = await SmtpSink.StartAsync();
        var result = await new SmtpTransport(new SmtpOptions { Host = "127.0.0.1", Port = sink.Port, StartTls = true })
            .SendAsync(SomeMessage.To("ann@example.com"), TestContext.Current.CancellationToken);
        Assert.NotEqual(DeliveryOutcome.Sent, result.Outcome);
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task Send_ToAServerWithAnUnknownCertificate_IsRefusedUnsent()
    {
        await using var sink = await SmtpSink.StartAsync(withTls: true);
        var result = await new SmtpTransport(new SmtpOptions { Host = "localhost", Port = sink.Port, User = "ann", Password = "s3cret" })
            .SendAsync(SomeMessage.To("ann@example.com"), TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryOutcome.Refused, result.Outcome);
        Assert.DoesNotContain("s3cret", result.Detail, StringComparison.Ordinal);
        Assert.Empty(sink.Messages);
    }

    private static SmtpTransport Transport(SmtpSink sink) =>
        new(new SmtpOptions { Host = "127.0.0.1", Port = sink.Port, StartTls = false });

    private static IEnumerable<string> MimeTypes(string text) => text.Split('\n')
        .Where(line => line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase))
        .Select(line => line["Content-Type:".Length..].Split(';')[0].Trim());

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
