using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Ingest.Tests.Support;

/// <summary>The tests that need the engine share one; the others run without.</summary>
[CollectionDefinition(Name)]
public sealed class EngineTests : ICollectionFixture<EngineFixture>
{
    public const string Name = "engine";
}
