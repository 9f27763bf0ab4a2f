using LifecycleMetrics.Reporting.Email.Templates.Syntax;

namespace LifecycleMetrics.Reporting.Email.Templates.Parsing;

/// <summary>Puts a piped value in its place: the first argument of the function on the right.</summary>
internal static class Pipe
{
    public static Expression Into(Expression target, Expression piped, SourceLocation at) => target switch
    {
        Call call => call.WithFirst(piped),
        { IsPath: true } => new Call(target, [piped], [], target.At),

        // `"1" | string.to_int + 1`: the call is the leftmost part of what follows the pipe.
        Binary binary => binary.WithLeft(Into(binary.Left, piped, at)),
        _ => throw new TemplateException(at, "On the right of a pipe stands a function."),
    };
}
