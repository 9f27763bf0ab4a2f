using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>target.name</c>, or <c>target?.name</c>, which is null where the target is null or has no such member.</summary>
internal sealed class Member(Expression target, string name, bool isOptional, SourceLocation at) : Expression(at), IAssignable
{
    public override bool IsPath => true;

    public override object? Read(EvaluationContext context)
    {
        var owner = target.Evaluate(context);
        if (!isOptional) return MemberAccess.Get(owner, name, At);
        return owner is not null && MemberAccess.TryGet(owner, name, out var value) ? value : null;
    }

    public void Assign(object? value, EvaluationContext context)
    {
        if (target.Evaluate(context) is not Dictionary<string, object?> map)
        {
            throw new TemplateException(At, $"`.{name}` can be set on an object only.");
        }

        map[name] = value;
    }
}
