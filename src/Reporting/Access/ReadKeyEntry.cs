namespace LifecycleMetrics.Reporting.Access;

/// <summary>One configured key. The whole key reads <c>lm_&lt;scope&gt;_&lt;id&gt;_&lt;secret&gt;</c>; only its hash is kept.</summary>
public sealed class ReadKeyEntry
{
    /// <summary>Letters and digits; names the key in logs. Two entries with different ids make rotation possible.</summary>
    public string Id { get; set; } = "";

    /// <summary><c>read</c> or <c>admin</c>, as it stands in the key.</summary>
    public string Scope { get; set; } = "read";

    /// <summary>SHA-256 of the whole key (UTF-8), 64 hexadecimal digits.</summary>
    public string Sha256 { get; set; } = "";
}
