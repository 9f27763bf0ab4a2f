namespace LifecycleMetrics.Ingest.Importing;

/// <summary>One line of an orders file, read and checked.</summary>
/// <param name="OrderId">Business key of the order it belongs to.</param>
/// <param name="Customer">Customer id; empty if the line names none.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Amount">Amount in major units, not rounded.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Country">Two-letter code; empty if unknown.</param>
internal sealed record OrderLine(string OrderId, string Customer, DateTime At, decimal Amount, string Currency, string Country);
