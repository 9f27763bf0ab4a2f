namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>A write key as it stands in the configuration: never the key itself, only its hash.</summary>
public sealed class WriteKeyOptions
{
    /// <summary>Id of the key: the third part of <c>lm_write_&lt;id&gt;_&lt;secret&gt;</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>Source name given to the events that come with the key.</summary>
    public string Source { get; set; } = "";

    /// <summary>SHA-256 of the whole key text (UTF-8), 64 hexadecimal digits.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>True lets events name another source in <c>context.source</c>.</summary>
    public bool Trusted { get; set; }

    /// <summary>True refuses the key to every sender but this machine.</summary>
    public bool LoopbackOnly { get; set; }
}
