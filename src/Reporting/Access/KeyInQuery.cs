namespace LifecycleMetrics.Reporting.Access;

/// <summary>Endpoint metadata: the key may also come as <c>?apikey=</c>, for clients that can send nothing else.</summary>
internal sealed class KeyInQuery
{
    public const string Parameter = "apikey";
}
