namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>Something a template can call.</summary>
internal interface ITemplateFunction
{
    string Name { get; }

    object? Invoke(CallArguments arguments, EvaluationContext context);
}
