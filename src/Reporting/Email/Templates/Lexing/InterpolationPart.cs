namespace LifecycleMetrics.Reporting.Email.Templates.Lexing;

/// <summary>A piece of an interpolated string: either text, or the tokens of an expression.</summary>
internal sealed record InterpolationPart(string? Text, IReadOnlyList<Token>? Code);
