using LifecycleMetrics.Ingest.Receiving;

namespace LifecycleMetrics.Ingest.Tests;

public sealed class IngestOptionsValidatorTests
{
    [Fact]
    public void Accepts_TheDefaults() => Assert.True(new IngestOptionsValidator().Validate(null, new IngestOptions()).Succeeded);

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
        var result = new IngestOptionsValidator().Validate(null, options);
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
        };
        var result = new IngestOptionsValidator().Validate(null, options);
        Assert.Equal(
            [
                "Ingest:MaxReadingBytes must be at least four times Ingest:MaxBatchBytes.",
                "Ingest:Keys:0:AllowedOrigins holds 'https://shop.example/'; write an origin as https://shop.example, without a path, or *.",
                "Ingest:Keys:0:MaxEventsPerSecond must be at least 1.",
                "Ingest:Keys:1:BurstEvents must be at least 1, and needs MaxEventsPerSecond.",
                "Ingest:Keys 'a' and 'b' have the same Sha256; each key needs its own.",
            ],
            result.Failures);
    }
}
