using LifecycleMetrics.Reporting.Email.Templates.Evaluation;
using LifecycleMetrics.Reporting.Email.Templates.Parsing;

namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary><c>include 'name' arguments</c>: renders another template and gives its text; the arguments are its <c>$0</c>, <c>$1</c>.</summary>
internal sealed class IncludeFunction : ITemplateFunction
{
    public string Name => "include";

    public object? Invoke(CallArguments arguments, EvaluationContext context)
    {
        if (arguments.Positional is not [string name, ..]) throw new TemplateException(arguments.At, "`include` needs the name of a template.");
        var text = context.Settings.Loader?.Load(name)
            ?? throw new TemplateException(arguments.At, $"There is no template `{name}` to include.");
        var page = Parser.Parse(text, name, context.Settings.Limits);
        var passed = new CallArguments([.. arguments.Positional.Skip(1)], arguments.Named, arguments.At);
        return context.Capture(() => context.WithLocals(passed, () => page.Execute(context)));
    }
}
