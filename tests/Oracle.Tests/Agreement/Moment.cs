namespace LifecycleMetrics.Oracle.Tests.Agreement;

/// <summary>Where in the arrival of events rows are compared.</summary>
internal sealed record Moment(string Name, int Instalment, DateTime AsOf);
