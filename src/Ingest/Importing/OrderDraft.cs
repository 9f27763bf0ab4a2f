namespace LifecycleMetrics.Ingest.Importing;

/// <summary>An order as far as its lines have been read.</summary>
internal sealed class OrderDraft
{
    public required string OrderId { get; init; }

    /// <summary>Customer of the first line.</summary>
    public required string Customer { get; init; }

    /// <summary>The earliest line's instant, in UTC.</summary>
    public required DateTime At { get; set; }

    /// <summary>Sum of the lines in major units; rounded only when the order is complete.</summary>
    public required decimal Amount { get; set; }

    public required string Currency { get; init; }

    public required string Country { get; init; }

    /// <summary>File of the first line.</summary>
    public required string File { get; init; }

    /// <summary>Number of the first line.</summary>
    public required long LineNumber { get; init; }

    public static OrderDraft From(OrderLine line, string file, long lineNumber) => new()
    {
        OrderId = line.OrderId,
        Customer = line.Customer,
        At = line.At,
        Amount = line.Amount,
        Currency = line.Currency,
        Country = line.Country,
        File = file,
        LineNumber = lineNumber,
    };

    /// <summary>Takes another part of the same order in; says what contradicts, and then takes nothing.</summary>
    public string? TryMerge(string customer, string currency, DateTime at, decimal amount)
    {
        if (customer != Customer)
            return $"order {OrderId} belongs to customer \"{Customer}\" (line {LineNumber}), this line says \"{customer}\"";
        if (currency != Currency)
            return $"order {OrderId} is in {Currency} (line {LineNumber}), this line in {currency}";
        At = at < At ? at : At;
        Amount += amount;
        return null;
    }
}
