using System.Net;
using System.Text;
using LifecycleMetrics.Ingest.Receiving;
using LifecycleMetrics.Ingest.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Tests.Receiving;

public sealed class WriteKeyCheckTests
{
    private const string Key = IngestServer.Key;
    private const string Local = "demo-write";

    private readonly WriteKeyCheck _check = new(new ConfiguredWriteKeys(
        new IngestOptions
        {
            Keys =
            [
                new WriteKeyOptions { Id = "shop", Source = "web", Sha256 = IngestServer.Hash(Key) },
                new WriteKeyOptions { Id = "local", Source = "demo", Sha256 = IngestServer.Hash(Local), LoopbackOnly = true },
            ],
        },
        TimeProvider.System));

    [Theory]
    [InlineData("Authorization", "Basic", Key + ":")]
    [InlineData("Authorization", "basic", ":" + Key)]
    [InlineData("Authorization", "BASIC", Key)]
    [InlineData("Authorization", "Basic", Key + ":other")]
    [InlineData("Authorization", "Basic", "other:" + Key)]
    [InlineData("Authorization", "Bearer", Key)]
    [InlineData("Authorization", "bearer  ", Key + " ")]
    [InlineData("X-Api-Key", "", Key)]
    public void Key_IsFound_AtTheFirstRequestAndTheNext(string header, string scheme, string value)
    {
        for (var i = 0; i < 3; i++)
        {
            var (key, isRefused) = _check.Headers(Request((header, Value(scheme, value))));
            Assert.Equal(("shop", false), (key?.Id, isRefused));
        }
    }

    [Theory]
    [InlineData("Authorization", "Basic", "wrong:", true)]
    [InlineData("Authorization", "Bearer", "wrong", true)]
    [InlineData("Authorization", "Bearer", Key + "x", true)]
    [InlineData("X-Api-Key", "", "wrong", true)]
    [InlineData("Authorization", "Basic", ":", false)]
    [InlineData("Authorization", "Digest", "realm", false)]
    [InlineData("Authorization", "", "no-scheme", false)]
    [InlineData("X-Api-Key", "", "", false)]
    public void NoKey_IsRefused_IfOneWasOffered(string header, string scheme, string value, bool isOffered)
    {
        _check.Headers(Request(("Authorization", $"Bearer {Key}"))); // known by now
        var (key, isRefused) = _check.Headers(Request((header, Value(scheme, value))));
        Assert.Equal((null, isOffered), (key?.Id, isRefused));
    }

    [Fact]
    public void BrokenOrHugeHeader_IsNoKey()
    {
        Assert.Equal((null, false), _check.Headers(Request(("Authorization", "Basic §§§"))));
        Assert.Equal((null, true), _check.Headers(Request(("Authorization", "Basic " + new string('A', 100_000)))));
        Assert.Equal((null, true), _check.Headers(Request(("Authorization", "Bearer " + new string('A', 100_000)))));
    }

    [Fact]
    public void TheOneGoodKeyOfSeveral_IsFound()
    {
        var (key, _) = _check.Headers(Request(("Authorization", "Bearer wrong"), ("X-Api-Key", Key)));
        Assert.Equal("shop", key?.Id);
    }

    [Fact]
    public void LoopbackOnlyKey_StaysSo_WhenItsHeaderIsKnown()
    {
        (string, string)[] headers = [("Authorization", $"Bearer {Local}")];
        Assert.Equal("local", _check.Headers(Request(headers)).Key?.Id);
        Assert.Equal((null, true), _check.Headers(Request(IPAddress.Parse("192.0.2.1"), headers)));
        Assert.Null(_check.Body(Request(IPAddress.Parse("192.0.2.1")), Local));
        Assert.Equal("local", _check.Body(Request(), Local)?.Id);
    }

    [Fact]
    public void KnownHeader_CostsNoMemory()
    {
        var request = Request(("Authorization", Value("Basic", Key + ":")));
        _check.Headers(request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            _check.Headers(request);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Value(string scheme, string value) => scheme.ToUpperInvariant() switch
    {
        "" => value,
        "BASIC" => $"{scheme} {Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}",
        _ => $"{scheme} {value}",
    };

    private static DefaultHttpContext Request(params (string Name, string Value)[] headers) => Request(IPAddress.Loopback, headers);

    private static DefaultHttpContext Request(IPAddress address, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = address } };
        foreach (var (name, value) in headers)
            context.Request.Headers[name] = value;
        return context;
    }
}
