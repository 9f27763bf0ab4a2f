namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary>The JSON a client asked for.</summary>
/// <param name="Ieee754Compatible">Int64 and Decimal as strings, for clients whose only number is a double.</param>
internal sealed record JsonFormat(MetadataLevel Metadata, bool Ieee754Compatible)
{
    public string ContentType =>
        $"application/json;odata.metadata={(Metadata == MetadataLevel.None ? "none" : "minimal")};odata.streaming=true"
        + $";IEEE754Compatible={(Ieee754Compatible ? "true" : "false")};charset=utf-8";
}
