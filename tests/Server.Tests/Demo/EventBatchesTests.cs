using System.Security.Cryptography;
using System.Text.Json;
using LifecycleMetrics.Server.Demo;

namespace LifecycleMetrics.Server.Tests.Demo;

public sealed class EventBatchesTests
{
    [Fact]
    public void Of_SameSeedAndEnd_GivesTheSameBytes() =>
        Assert.Equal(Hash(Some.Shop(300), Some.History()), Hash(Some.Shop(300), Some.History()));

    [Fact]
    public void Of_AnotherSeed_GivesOtherBytes() =>
        Assert.NotEqual(Hash(Some.Shop(50), Some.History()), Hash(Some.Shop(50, seed: 2), Some.History()));

    [Fact]
    public void Of_AnyBatch_IsJsonWithinTheLimits()
    {
        var events = 0;
        foreach (var batch in EventBatches.Of(Some.History(), Some.Shop(300)))
        {
            using (batch)
            {
                Assert.InRange(batch.Events, 1, 500);
                Assert.InRange(batch.Body.Length, 1, 500_000);
                using var json = JsonDocument.Parse(batch.Body);
                Assert.Equal(batch.Events, json.RootElement.GetProperty("batch").GetArrayLength());
                events += batch.Events;
            }
        }

        Assert.Equal(Some.Touches(Some.Shop(300)).Count(), events);
    }

    [Fact]
    public void Of_Events_CarryWhatTheIngestInterfaceNeeds()
    {
        foreach (var batch in EventBatches.Of(Some.History(), Some.Shop(100)))
        {
            using (batch)
            {
                using var json = JsonDocument.Parse(batch.Body);
                foreach (var item in json.RootElement.GetProperty("batch").EnumerateArray())
                {
                    var type = item.GetProperty("type").GetString();
                    Assert.Contains(type, (string[])["track", "page", "identify", "group", "alias"]);
                    Assert.InRange(item.GetProperty("messageId").GetString()!.Length, 1, 99);
                    Assert.True(item.TryGetProperty("userId", out _) || item.TryGetProperty("anonymousId", out _));
                    Assert.Equal(type == "track", item.TryGetProperty("event", out _));
                    Assert.EndsWith("Z", item.GetProperty("timestamp").GetString(), StringComparison.Ordinal);
                    Assert.NotEmpty(item.GetProperty("context").GetProperty("source").GetString()!);
                }
            }
        }
    }

    private static string Hash(DemoOptions shop, History history)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var batch in EventBatches.Of(history, shop))
        {
            using (batch)
                hash.AppendData(batch.Body.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
