namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>What <c>for.…</c> and <c>while.…</c> answer inside a loop.</summary>
/// <param name="count">Number of steps; null in a while loop, which can't know.</param>
internal sealed class LoopState(int? count)
{
    private object? _previous;

    public int Index { get; private set; } = -1;

    private bool Changed { get; set; }

    public void Step(object? item, EvaluationContext context)
    {
        Index++;
        Changed = Index == 0 || !Comparison.AreEqual(_previous, item, context);
        _previous = item;
    }

    public bool TryGet(string name, out object? value)
    {
        value = name switch
        {
            "index" => (long)Index,
            "first" => Index == 0,
            "even" => Index % 2 == 0,
            "odd" => Index % 2 != 0,
            "rindex" when count is not null => (long)(count.Value - Index - 1),
            "last" when count is not null => Index == count - 1,
            "length" when count is not null => (long)count.Value,
            "changed" when count is not null => Changed,
            _ => null,
        };
        return value is not null;
    }
}
