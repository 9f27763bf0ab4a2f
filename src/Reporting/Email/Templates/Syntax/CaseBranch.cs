namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary>One <c>when</c> with its values.</summary>
internal sealed record CaseBranch(IReadOnlyList<Expression> Values, Block Body);
