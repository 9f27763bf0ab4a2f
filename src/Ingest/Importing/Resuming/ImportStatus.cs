using System.Text.Json.Serialization;

namespace LifecycleMetrics.Ingest.Importing.Resuming;

/// <summary>Where an import stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportStatus>))]
internal enum ImportStatus
{
    /// <summary>It is being read; or was, when the server ended without a chance to write more.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>The connection ended, or the server stopped. The same file under the same id goes on.</summary>
    [JsonStringEnumMemberName("interrupted")]
    Interrupted,

    /// <summary>The body could not be read to its end. What was read before stays.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>All of it was read.</summary>
    [JsonStringEnumMemberName("done")]
    Done,
}
