using LifecycleMetrics.Testing;

[assembly: AssemblyFixture(typeof(EngineFixture))]
