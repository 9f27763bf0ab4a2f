namespace LifecycleMetrics.Dashboards.Tests.Support;

/// <summary>Tests that share one <see cref="ViewerHost"/>.</summary>
[CollectionDefinition(Name)]
public sealed class SharedViewer : ICollectionFixture<ViewerHost>
{
    public const string Name = "viewer";
}
