using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary>A node that has a value.</summary>
internal abstract class Expression(SourceLocation at)
{
    public SourceLocation At => at;

    /// <summary>The value; a function found by name is called without arguments.</summary>
    public object? Evaluate(EvaluationContext context)
    {
        var value = Read(context);
        return value is ITemplateFunction function && IsPath ? context.Call(function, CallArguments.None(At)) : value;
    }

    /// <summary>The value; a function is given as it is.</summary>
    public abstract object? Read(EvaluationContext context);

    /// <summary>Whether this is a path to something: a variable, a member or an element.</summary>
    public virtual bool IsPath => false;
}
