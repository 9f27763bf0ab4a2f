using LifecycleMetrics.Reporting.Email.Templates.Lexing;
using LifecycleMetrics.Reporting.Email.Templates.Syntax;

namespace LifecycleMetrics.Reporting.Email.Templates.Parsing;

/// <summary>Makes the tree of a template.</summary>
internal static class Parser
{
    public static Block Parse(string text, string file, TemplateLimits limits)
    {
        var reader = new TokenReader(Lexer.Read(new Source(text, file)));
        return new StatementParser(reader, new DepthGuard(limits.Recursion)).ParseTemplate();
    }
}
