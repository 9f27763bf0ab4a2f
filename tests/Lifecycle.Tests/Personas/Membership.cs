namespace LifecycleMetrics.Lifecycle.Tests.Personas;

/// <summary>A row of int_persona_membership.</summary>
internal sealed record Membership(string Subject, string Persona, string Origin, DateTime From, DateTime? Until);
