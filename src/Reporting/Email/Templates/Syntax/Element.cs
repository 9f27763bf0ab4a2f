using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>target[index]</c>; a negative index counts from the end.</summary>
internal sealed class Element(Expression target, Expression index, SourceLocation at) : Expression(at), IAssignable
{
    public override bool IsPath => true;

    public override object? Read(EvaluationContext context) =>
        MemberAccess.GetElement(target.Evaluate(context), index.Evaluate(context), At);

    public void Assign(object? value, EvaluationContext context)
    {
        switch (target.Evaluate(context), index.Evaluate(context))
        {
            case (Dictionary<string, object?> map, string name):
                map[name] = value;
                break;
            case (List<object?> list, long position) when position >= 0 && position < context.Settings.Limits.ListLength:
                while (list.Count <= position) list.Add(null);
                list[(int)position] = value;
                break;
            default:
                throw new TemplateException(At, "Only an element of a list or a member of an object can be set.");
        }
    }
}
