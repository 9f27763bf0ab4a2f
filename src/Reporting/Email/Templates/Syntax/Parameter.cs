namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <param name="Default">The value where the call gives none; null makes the parameter required.</param>
internal sealed record Parameter(string Name, Expression? Default);
