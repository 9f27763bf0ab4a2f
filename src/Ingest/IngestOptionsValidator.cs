using System.Text;
using LifecycleMetrics.Ingest.Receiving;
using LifecycleMetrics.Ingest.Traffic;
using LifecycleMetrics.Ingest.Validation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Ingest;

/// <summary>Checks the section <c>Ingest</c> at start and names every fault at once.</summary>
internal sealed class IngestOptionsValidator(IOptions<HostOptions> host) : IValidateOptions<IngestOptions>
{
    private const int Sha256Digits = 64;

    // At start a segment is read as a whole into an array, which holds 2 GB at most; the last write may take it beyond its size.
    private const long MaxSegmentBytes = 1024 * 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, IngestOptions options)
    {
        var faults = new List<string>();
        void Check(bool isRight, string fault)
        {
            if (!isRight)
                faults.Add(fault);
        }

        Check(options.DataDirectory.Length > 0, "Ingest:DataDirectory is empty.");
        Check(options.MaxEventBytes is >= 1_024 and <= 16 * 1024 * 1024, "Ingest:MaxEventBytes must be 1 KB to 16 MB.");
        Check(options.MaxBatchBytes >= options.MaxEventBytes && options.MaxBatchBytes <= 64 * 1024 * 1024,
            "Ingest:MaxBatchBytes must be at least Ingest:MaxEventBytes and at most 64 MB.");
        Check(options.MaxBatchContextBytes >= options.MaxEventBytes && options.MaxBatchContextBytes <= 256 * 1024 * 1024,
            "Ingest:MaxBatchContextBytes must be at least Ingest:MaxEventBytes and at most 256 MB.");
        Check(options.MaxReadingBytes >= 4L * options.MaxBatchBytes, "Ingest:MaxReadingBytes must be at least four times Ingest:MaxBatchBytes.");
        Check(options.MaxBatchEvents is >= 1 and <= 100_000, "Ingest:MaxBatchEvents must be 1 to 100000.");
        Check(options.MaxEventDepth is >= 2 and <= 500, "Ingest:MaxEventDepth must be 2 to 500.");
        Check(options.ClockSkewTolerance >= TimeSpan.Zero, "Ingest:ClockSkewTolerance is negative.");
        Check(options.MaxFuture >= TimeSpan.Zero, "Ingest:MaxFuture is negative.");
        Check(Currencies.TryGetMinorDigits(Encoding.UTF8.GetBytes(options.DefaultCurrency), out _),
            "Ingest:DefaultCurrency is not a currency code of ISO 4217.");
        Check(options.Spool.SegmentBytes is >= 64 * 1024 and <= MaxSegmentBytes, "Ingest:Spool:SegmentBytes must be 64 KB to 1 GB.");
        Check(options.Spool.MaxBytes >= 2 * options.Spool.SegmentBytes,
            "Ingest:Spool:MaxBytes must be at least twice Ingest:Spool:SegmentBytes.");
        Check(options.Spool.ReservedDiskBytes >= 0, "Ingest:Spool:ReservedDiskBytes is negative.");
        Check(options.Spool.MaxWaitingRequests >= 1, "Ingest:Spool:MaxWaitingRequests must be at least 1.");
        Check(options.Spool.RetryAfter > TimeSpan.Zero, "Ingest:Spool:RetryAfter must be above zero.");
        Check(options.Deduplication.Window >= TimeSpan.FromDays(1), "Ingest:Deduplication:Window must be at least one day.");
        Check(options.Deduplication.MaxIds >= 1_000, "Ingest:Deduplication:MaxIds must be at least 1000.");
        Check(options.Writer.MaxBlockRows is >= 1 and <= 1_000_000, "Ingest:Writer:MaxBlockRows must be 1 to 1000000.");
        Check(options.Writer.MaxBlockBytes is >= 1_024 and <= 256 * 1024 * 1024, "Ingest:Writer:MaxBlockBytes must be 1 KB to 256 MB.");
        Check(options.Writer.InsertShare is >= 0.001 and <= 1, "Ingest:Writer:InsertShare must be 0.001 to 1.");
        Check(options.Writer.MaxDelay > TimeSpan.Zero, "Ingest:Writer:MaxDelay must be above zero.");
        Check(options.Writer.MinBackOff > TimeSpan.Zero && options.Writer.MaxBackOff >= options.Writer.MinBackOff,
            "Ingest:Writer:MinBackOff must be above zero and not above Ingest:Writer:MaxBackOff.");
        // The host waits no longer for anything that stops, and a negative time would fail only then.
        Check(options.Writer.DrainTimeout >= TimeSpan.Zero && options.Writer.DrainTimeout <= host.Value.ShutdownTimeout,
            $"Ingest:Writer:DrainTimeout must be 0 to {host.Value.ShutdownTimeout.TotalSeconds:0} seconds, the time the server has to stop.");
        Check(options.OutcomeInterval >= TimeSpan.FromMilliseconds(10), "Ingest:OutcomeInterval must be at least 10 ms.");
        Check(options.Import.MaxLineLength is >= 1_024 and <= 16 * 1024 * 1024, "Ingest:Import:MaxLineLength must be 1 KB to 16 MB.");
        Check(options.Import.MaxOpenOrders >= 1, "Ingest:Import:MaxOpenOrders must be at least 1.");
        Check(options.Import.BatchEvents >= 1, "Ingest:Import:BatchEvents must be at least 1.");
        Check(options.Import.BatchBytes >= 1_024, "Ingest:Import:BatchBytes must be at least 1 KB.");
        Check(options.Import.BatchesInFlight is >= 1 and <= 64, "Ingest:Import:BatchesInFlight must be 1 to 64.");
        Check(options.Import.MaxConcurrent >= 1, "Ingest:Import:MaxConcurrent must be at least 1.");
        Check(options.Import.MaxBodyBytes >= 1, "Ingest:Import:MaxBodyBytes must be at least 1.");
        Check(options.Import.IdleTimeout > TimeSpan.Zero && options.Import.IdleTimeout <= TimeSpan.FromDays(1),
            "Ingest:Import:IdleTimeout must be above zero and at most one day.");
        Check(options.Import.SaveInterval > TimeSpan.Zero, "Ingest:Import:SaveInterval must be above zero.");
        for (var i = 0; i < options.Keys.Count; i++)
            CheckKey(options.Keys[i], i, faults);
        foreach (var twice in options.Keys.GroupBy(key => key.Id, StringComparer.Ordinal).Where(keys => keys.Key.Length > 0 && keys.Skip(1).Any()))
            faults.Add($"Ingest:Keys: the Id '{twice.Key}' is used twice; events, dead letters and imports are told apart by it.");
        foreach (var twice in options.Keys.GroupBy(key => key.Sha256, StringComparer.OrdinalIgnoreCase).Where(keys => keys.Skip(1).Any()))
            faults.Add($"Ingest:Keys {string.Join(" and ", twice.Select(key => $"'{key.Id}'"))} have the same Sha256; each key needs its own.");
        TrafficOptionsCheck.Check(options.Traffic, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckKey(WriteKeyOptions key, int index, List<string> faults)
    {
        if (key.Id.Length == 0)
            faults.Add($"Ingest:Keys:{index}:Id is empty.");
        if (key.Id.Contains('_', StringComparison.Ordinal))
            faults.Add($"Ingest:Keys:{index}:Id must not hold '_', which ends the id in lm_write_<id>_<secret>.");
        if (key.Source.Length == 0)
            faults.Add($"Ingest:Keys:{index}:Source is empty.");
        if (key.Sha256.Length != Sha256Digits || !key.Sha256.All(char.IsAsciiHexDigit))
            faults.Add($"Ingest:Keys:{index}:Sha256 must be {Sha256Digits} hexadecimal digits: the SHA-256 of the key.");
        foreach (var origin in key.AllowedOrigins.Where(origin => !AllowedOrigins.IsValid(origin)))
            faults.Add($"Ingest:Keys:{index}:AllowedOrigins holds '{origin}'; write an origin as https://shop.example, without a path, or *.");
        if (key.MaxEventsPerSecond is < 1)
            faults.Add($"Ingest:Keys:{index}:MaxEventsPerSecond must be at least 1.");
        if (key.BurstEvents is < 1 || (key.BurstEvents is not null && key.MaxEventsPerSecond is null))
            faults.Add($"Ingest:Keys:{index}:BurstEvents must be at least 1, and needs MaxEventsPerSecond.");
    }
}
