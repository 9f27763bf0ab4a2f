using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary>What can stand on the left of <c>=</c>.</summary>
internal interface IAssignable
{
    void Assign(object? value, EvaluationContext context);
}
