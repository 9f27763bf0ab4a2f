using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary>Runs the body of a loop step by step within the limit of steps.</summary>
internal static class LoopBody
{
    public static Flow Run(
        IEnumerable<object?> items, LoopState state, string loopName, Action<object?, Dictionary<string, object?>> bind,
        Block body, EvaluationContext context, SourceLocation at)
    {
        var variables = new Dictionary<string, object?> { [loopName] = state };
        var frame = context.Frame;
        frame.EnterLoop(variables);
        try
        {
            foreach (var item in items)
            {
                context.CheckCancelled();
                state.Step(item, context);
                var limit = context.Settings.Limits.LoopSteps;
                if (state.Index >= limit) throw new TemplateException(at, $"The loop takes more than {limit} steps.");
                bind(item, variables);
                var flow = body.Execute(context);
                if (flow == Flow.Break) break;
                if (flow == Flow.Return) return flow;
            }

            return Flow.Next;
        }
        finally
        {
            frame.LeaveLoop();
        }
    }
}
