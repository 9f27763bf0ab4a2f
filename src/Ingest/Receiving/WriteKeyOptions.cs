namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>A write key as it stands in the configuration: never the key itself, only its hash.</summary>
public sealed class WriteKeyOptions
{
    /// <summary>Id of the key: the third part of <c>lm_write_&lt;id&gt;_&lt;secret&gt;</c>. Of two keys none has the same.</summary>
    public string Id { get; set; } = "";

    /// <summary>Source name given to the events that come with the key.</summary>
    public string Source { get; set; } = "";

    /// <summary>SHA-256 of the whole key text (UTF-8), 64 hexadecimal digits.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>True lets events name another source in <c>context.source</c>.</summary>
    public bool Trusted { get; set; }

    /// <summary>True refuses the key to every sender but this machine.</summary>
    public bool LoopbackOnly { get; set; }

    /// <summary>
    /// Origins whose pages may send with the key, such as <c>https://shop.example</c>, or <c>*</c>. Browsers get the CORS
    /// headers for them; a request of another origin is answered with 403. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>Events a second the key may send in the long run; above it requests are answered with 429. Default: no bound.</summary>
    public int? MaxEventsPerSecond { get; set; }

    /// <summary>Events the key may send at once after a rest. Default: those of one second.</summary>
    public int? BurstEvents { get; set; }
}
