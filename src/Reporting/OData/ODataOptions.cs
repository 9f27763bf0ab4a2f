namespace LifecycleMetrics.Reporting.OData;

/// <summary>Section <c>Reporting:OData</c>.</summary>
public sealed class ODataOptions
{
    public const string Section = "Reporting:OData";

    /// <summary>
    /// Absolute URL under which clients reach this server, for links in answers (<c>https://metrics.example.com/</c>).
    /// Unset: links are built from the request, which is wrong behind a proxy that does not forward host and scheme.
    /// </summary>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary>Rows of one answer when the client does not ask for a page size; the rest follows by nextLink.</summary>
    public int DefaultPageSize { get; set; } = 50_000;

    /// <summary>Upper bound of <c>Prefer: odata.maxpagesize</c>; a larger wish is answered with pages of this size.</summary>
    public int MaxPageSize { get; set; } = 200_000;

    /// <summary>
    /// A query that has run this long is killed and answered with 504, or the connection is cut if rows were sent. Not
    /// above what the database allows its OData user (<c>max_execution_time</c>, 60 s in the embedded engine).
    /// </summary>
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How old the picture of the published views may get before it is compared with the database again.</summary>
    public TimeSpan SchemaRefresh { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Base64 key (at least 32 bytes) that signs page tokens. Unset: a random one per process, so that a nextLink does
    /// not survive a restart and is not understood by another instance.
    /// </summary>
    public string? PageTokenKey { get; set; }
}
