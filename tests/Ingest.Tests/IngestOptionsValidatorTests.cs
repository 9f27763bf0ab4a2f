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
        var result = new IngestOptionsValidator().Validate(null, options);
        Assert.Equal(
            [
                "Ingest:MaxEventBytes must be 1 KB to 16 MB.",
                "Ingest:DefaultCurrency is not a currency code of ISO 4217.",
                "Ingest:Spool:MaxBytes must be at least twice Ingest:Spool:SegmentBytes.",
                "Ingest:Keys:0:Id is empty.",
                "Ingest:Keys:0:Sha256 must be 64 hexadecimal digits: the SHA-256 of the key.",
            ],
            result.Failures);
    }
}
