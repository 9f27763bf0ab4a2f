using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>function argument … name: argument</c></summary>
internal sealed class Call(
    Expression function,
    IReadOnlyList<Expression> positional,
    IReadOnlyList<KeyValuePair<string, Expression>> named,
    SourceLocation at) : Expression(at)
{
    public override object? Read(EvaluationContext context)
    {
        if (function.Read(context) is not ITemplateFunction callee)
        {
            throw new TemplateException(At, "This isn't a function, so nothing can be passed to it.");
        }

        return context.Call(callee, new CallArguments(ReadPositional(context), ReadNamed(context), At));
    }

    /// <summary>The same call with a piped value before the other arguments.</summary>
    public Call WithFirst(Expression piped) => new(function, [piped, .. positional], named, At);

    private List<object?> ReadPositional(EvaluationContext context)
    {
        var values = new List<object?>(positional.Count);
        foreach (var argument in positional)
        {
            if (argument is Expand expand) values.AddRange(expand.ReadList(context));
            else values.Add(argument.Evaluate(context));
        }

        return values;
    }

    private IReadOnlyDictionary<string, object?> ReadNamed(EvaluationContext context) => named.Count == 0
        ? CallArguments.NoNames
        : named.ToDictionary(argument => argument.Key, argument => argument.Value.Evaluate(context));
}
