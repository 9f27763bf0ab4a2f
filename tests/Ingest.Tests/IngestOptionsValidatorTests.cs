using LifecycleMetrics.Ingest.Receiving;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests;

public sealed class IngestOptionsValidatorTests
{
    [Fact]
    public void Accepts_TheDefaults() => Assert.True(Some.Checked(new IngestOptions()).Succeeded);

    [Fact]
    public void Rejects_WithEveryFaultAtOnce()
    {
        var options = new IngestOptions
        {
            MaxEventBytes = 1,
            DefaultCurrency = "EURO",
            Keys = [new WriteKeyOptions { Id = "", Source = "web", Sha256 = "secret in clear" }],
        };
        options.Spool.MaxBytes = 1;
        options.Writer.InsertShare = 0;
        var result = Some.Checked(options);
        Assert.Equal(
            [
                "Ingest:MaxEventBytes must be 1 KB to 16 MB.",
                "Ingest:DefaultCurrency is not a currency code of ISO 4217.",
                "Ingest:Spool:MaxBytes must be at least twice Ingest:Spool:SegmentBytes.",
                "Ingest:Writer:InsertShare must be 0.001 to 1.",
                "Ingest:Keys:0:Id is empty.",
                "Ingest:Keys:0:Sha256 must be 64 hexadecimal digits: the SHA-256 of the key.",
            ],
            result.Failures);
    }

    [Fact]
    public void Rejects_KeysThatContradictThemselvesOrEachOther()
    {
        var sha256 = new string('0', 64);
        var options = new IngestOptions
        {
            Keys =
            [
                new WriteKeyOptions { Id = "a", Source = "web", Sha256 = sha256, MaxEventsPerSecond = 0, AllowedOrigins = { "https://shop.example/" } },
                new WriteKeyOptions { Id = "b", Source = "web", Sha256 = sha256, BurstEvents = 5 },
            ],
            MaxReadingBytes = 1,
            MaxBatchContextBytes = 1_000,
        };
        var result = Some.Checked(options);
        Assert.Equal(
            [
                "Ingest:MaxBatchContextBytes must be at least Ingest:MaxEventBytes and at most 256 MB.",
                "Ingest:MaxReadingBytes must be at least four times Ingest:MaxBatchBytes.",
                "Ingest:Keys:0:AllowedOrigins holds 'https://shop.example/'; write an origin as https://shop.example, without a path, or *.",
                "Ingest:Keys:0:MaxEventsPerSecond must be at least 1.",
                "Ingest:Keys:1:BurstEvents must be at least 1, and needs MaxEventsPerSecond.",
                "Ingest:Keys 'a' and 'b' have the same Sha256; each key needs its own.",
            ],
            result.Failures);
    }

    [Theory]
    [InlineData(64 * 1024, true)]
    [InlineData(1L << 30, true)]
    [InlineData((1L << 30) + 1, false)] // a start could not read it
    public void SegmentBytes_AreWhatAStartCanRead(long bytes, bool isRight)
    {
        var options = new IngestOptions { Spool = { MaxBytes = 1L << 40, SegmentBytes = bytes } };
        Assert.Equal(isRight ? [] : ["Ingest:Spool:SegmentBytes must be 64 KB to 1 GB."], Some.Checked(options).Failures ?? []);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    [InlineData(-1, false)]
    public void DrainTimeout_IsWithinTheTimeToStop(int seconds, bool isRight)
    {
        var options = new IngestOptions { Writer = { DrainTimeout = TimeSpan.FromSeconds(seconds) } };
        Assert.Equal(
            isRight ? [] : ["Ingest:Writer:DrainTimeout must be 0 to 30 seconds, the time the server has to stop."],
            Some.Checked(options).Failures ?? []);
    }

    [Fact]
    public void KeyIds_AreUniqueAndWithoutTheCharacterThatEndsThem()
    {
        var options = new IngestOptions { Keys = [Key("my_shop", '0'), Key("crm", '1'), Key("CRM", '2'), Key("crm", '3')] };
        Assert.Equal(
            [
                "Ingest:Keys:0:Id must not hold '_', which ends the id in lm_write_<id>_<secret>.",
                "Ingest:Keys: the Id 'crm' is used twice; events, dead letters and imports are told apart by it.",
            ],
            Some.Checked(options).Failures);

        static WriteKeyOptions Key(string id, char digit) => new() { Id = id, Source = "web", Sha256 = new string(digit, 64) };
    }
}
