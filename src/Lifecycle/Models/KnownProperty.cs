namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>
/// Properties that are stored in a column of their own. Conditions on them read the column; conditions on any other
/// property read the JSON the event was sent with.
/// </summary>
public static class KnownProperty
{
    /// <summary>Begins the name of a trait, as identify and group calls send them.</summary>
    public const string TraitPrefix = "traits.";

    /// <summary>Properties that hold a number, with the expression over stg_event that gives it (NULL = not sent).</summary>
    public static readonly IReadOnlyDictionary<string, string> Numbers = new Dictionary<string, string>
    {
        // Amounts are stored in minor units; a model speaks of the unit people use.
        ["revenue"] = "toFloat64(event.revenue_minor) / lm_minor_units(event.currency::String)",
        ["score"] = "event.score",
    };

    /// <summary>Properties that hold a text, with the expression over stg_event that gives it (NULL = not sent).</summary>
    public static readonly IReadOnlyDictionary<string, string> Texts = new[]
    {
        "account_id", "campaign", "channel", "country", "currency", "order_id", "source",
    }.ToDictionary(name => name, name => $"nullIf(cast(event.{name} as String), '')");
}
