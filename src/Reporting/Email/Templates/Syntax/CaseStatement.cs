using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class CaseStatement(
    Expression subject, IReadOnlyList<CaseBranch> branches, Block? otherwise, SourceLocation at) : Statement(at)
{
    public override Flow Execute(EvaluationContext context)
    {
        var value = subject.Evaluate(context);
        foreach (var branch in branches)
        {
            if (branch.Values.Any(candidate => Comparison.AreEqual(value, candidate.Evaluate(context), context)))
            {
                return branch.Body.Execute(context);
            }
        }

        return otherwise?.Execute(context) ?? Flow.Next;
    }
}
