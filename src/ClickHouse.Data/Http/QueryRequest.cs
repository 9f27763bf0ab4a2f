namespace ClickHouse.Data.Http;

/// <summary>One statement to be sent.</summary>
internal sealed record QueryRequest
{
    public required string Sql { get; init; }

    public required string QueryId { get; init; }

    public string? Database { get; init; }

    /// <summary>The format of the result unless the statement names one.</summary>
    public string? Format { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Settings in the order in which later ones win.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    public ClickHouseCompression ResponseCompression { get; init; }

    /// <summary>The data of an INSERT; the statement then goes into the address.</summary>
    public HttpContent? Body { get; init; }
}
