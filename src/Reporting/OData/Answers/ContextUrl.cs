using LifecycleMetrics.Reporting.OData.Querying;

namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary>Where in the metadata a client finds the shape of an answer.</summary>
internal static class ContextUrl
{
    /// <summary><c>$metadata#Set</c> or <c>$metadata#Set(A,B)</c>.</summary>
    public static string OfSet(string root, ODataRequest request) => $"{root}$metadata#{request.Set!.Name}{Selection(request)}";

    public static string OfEntity(string root, ODataRequest request) => OfSet(root, request) + "/$entity";

    public static string OfProperty(string root, ODataRequest request) =>
        $"{root}$metadata#{request.Set!.Name}{request.KeyText}/{request.Property!.Name}";

    private static string Selection(ODataRequest request) => request.Select is { } select
        ? $"({string.Join(',', select.Select(property => property.Name))})"
        : "";
}
