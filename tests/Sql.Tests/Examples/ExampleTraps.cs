namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>The places where a number easily goes wrong; the examples of every view show each of them.</summary>
internal static class ExampleTraps
{
    public const string EmptyPeriod = "empty period";
    public const string Boundary = "boundary";
    public const string LateEvent = "late event";
    public const string DuplicateEvent = "duplicate event";

    public static readonly string[] All = [EmptyPeriod, Boundary, LateEvent, DuplicateEvent];

    /// <summary>Customers and orders have no periods.</summary>
    public static IEnumerable<string> Of(string view) =>
        view.StartsWith("dim_", StringComparison.Ordinal) ? All.Where(trap => trap != EmptyPeriod) : All;
}
