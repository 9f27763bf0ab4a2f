using System.Net;
using LifecycleMetrics.Ingest.Receiving;
using LifecycleMetrics.Ingest.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Tests.Receiving;

public sealed class ConfiguredWriteKeysTests
{
    private readonly ConfiguredWriteKeys _keys = new(new IngestOptions
    {
        Keys =
        [
            new WriteKeyOptions { Id = "shop", Source = "web", Sha256 = IngestServer.Hash("lm_write_shop_s3cret_with_more") },
            new WriteKeyOptions { Id = "crm", Source = "crm", Sha256 = IngestServer.Hash("lm_write_crm_s3cret").ToLowerInvariant(), Trusted = true },
            new WriteKeyOptions { Id = "demo", Source = "demo", Sha256 = IngestServer.Hash("demo-write"), LoopbackOnly = true },
            new WriteKeyOptions { Id = "mixed", Source = "mixed", Sha256 = IngestServer.Hash("lm_write_other_s3cret") },
        ],
    }, TimeProvider.System);

    [Theory]
    [InlineData("lm_write_shop_s3cret_with_more", "shop", false)]
    [InlineData("lm_write_crm_s3cret", "crm", true)]
    [InlineData("demo-write", "demo", false)]
    public void Accepts_TheKeyItself(string key, string id, bool trusted)
    {
        var source = _keys.Find(key)?.Source;
        Assert.Equal((id, trusted), (source?.KeyId, source?.Trusted));
    }

    [Theory]
    [InlineData("")]
    [InlineData("lm_write_shop_s3cret")]
    [InlineData("lm_write_crm_s3cret_with_more")]
    [InlineData("LM_WRITE_CRM_S3CRET")]
    [InlineData("lm_write_other_s3cret")] // the hash of an entry with another id
    [InlineData("demo-write ")]
    public void Rejects_AnyOther(string key) => Assert.Null(_keys.Find(key));

    [Fact]
    public void Rejects_AVeryLongKey() => Assert.Null(_keys.Find(new string('x', 100_000)));

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.8.9.1", "127.0.0.1", true)]
    [InlineData("::1", "::1", true)]
    [InlineData("::ffff:127.0.0.1", "::ffff:127.0.0.1", true)]
    [InlineData("10.0.0.5", "10.0.0.5", true)]
    [InlineData("::ffff:10.0.0.5", "10.0.0.5", true)]
    [InlineData("10.0.0.1", "10.0.0.5", false)]
    [InlineData("::ffff:10.0.0.1", "::ffff:10.0.0.5", false)]
    [InlineData(null, null, false)]
    public void LoopbackOnlyKey_IsForThisMachine(string? remote, string? local, bool isAllowed)
    {
        var connection = new DefaultHttpContext().Connection;
        connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);

        Assert.Equal(isAllowed, _keys.Find("demo-write")!.MayComeOver(connection));
    }
}
