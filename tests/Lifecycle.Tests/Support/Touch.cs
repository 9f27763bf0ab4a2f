using System.Text.Json.Nodes;

namespace LifecycleMetrics.Lifecycle.Tests.Support;

/// <summary>A touchpoint as a test writes it: who, what, when, and the few fields that matter.</summary>
internal sealed record Touch(string EventId, DateTime At, string Event)
{
    public string Type { get; init; } = "track";

    public string UserId { get; init; } = "";

    public string AnonymousId { get; init; } = "";

    public string PreviousId { get; init; } = "";

    public string Source { get; init; } = "web";

    public string Channel { get; init; } = "";

    public string Campaign { get; init; } = "";

    public string Country { get; init; } = "";

    public string Persona { get; init; } = "";

    public string AccountId { get; init; } = "";

    public string OrderId { get; init; } = "";

    public string RefundId { get; init; } = "";

    public long? RevenueMinor { get; init; }

    public string Currency { get; init; } = "USD";

    public long? CostMinor { get; init; }

    public double? Score { get; init; }

    public string Survey { get; init; } = "";

    /// <summary>Other properties, as the sender named them.</summary>
    public IReadOnlyDictionary<string, object> Properties { get; init; } = new Dictionary<string, object>();

    public bool IsBot { get; init; }

    public bool IsInternal { get; init; }

    public bool IsTest { get; init; }

    /// <summary>When it came; at once if nothing else is said.</summary>
    public DateTime? ReceivedAt { get; init; }

    /// <summary>Whether it named no time, so that it counts when it came.</summary>
    public bool IsUndated { get; init; }

    /// <summary>Whether it is stored and in no number but those of data quality.</summary>
    public bool IsExcluded => IsBot || IsInternal || IsTest;

    public string SubjectKey => UserId.Length > 0 ? "u:" + UserId : "a:" + AnonymousId;

    /// <summary>The row of table touchpoint.</summary>
    public JsonObject ToRow() => new()
    {
        ["event_id"] = EventId,
        ["type"] = Type,
        ["event"] = Event,
        ["subject_key"] = SubjectKey,
        ["user_id"] = UserId,
        ["anonymous_id"] = AnonymousId,
        ["previous_id"] = PreviousId,
        ["account_id"] = AccountId,
        ["occurred_at"] = At.ToString("yyyy-MM-dd HH:mm:ss.fff", null),
        ["received_at"] = (ReceivedAt ?? At).ToString("yyyy-MM-dd HH:mm:ss.fff", null),
        ["time_basis"] = IsUndated ? "received" : "explicit",
        ["source"] = Source,
        ["channel"] = Channel,
        ["campaign"] = Campaign,
        ["country"] = Country,
        ["order_id"] = OrderId,
        ["revenue_minor"] = RevenueMinor,
        ["currency"] = RevenueMinor is null ? "" : Currency,
        ["cost_minor"] = CostMinor,
        ["score"] = Score,
        ["properties"] = AllProperties().ToJsonString(),
        ["traits"] = Persona.Length == 0 ? "{}" : new JsonObject { ["persona"] = Persona }.ToJsonString(),
        ["is_bot"] = IsBot,
        ["is_internal"] = IsInternal,
        ["is_test"] = IsTest,
    };
    private JsonObject AllProperties()
    {
        var all = new JsonObject();
        if (Survey.Length > 0) all["survey"] = Survey;
        if (RefundId.Length > 0) all["refund_id"] = RefundId;
        foreach (var (name, value) in Properties) all[name] = JsonValue.Create(value);
        return all;
    }
}
