using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <param name="variable">A <see cref="Variable"/> or <see cref="LocalVariable"/>.</param>
internal sealed class ForStatement(
    Expression variable, Expression source, ForOptions options, Block body, Block? otherwise, SourceLocation at) : Statement(at)
{
    public override Flow Execute(EvaluationContext context)
    {
        var items = Select(ReadItems(context), context);
        if (items.Count == 0) return otherwise?.Execute(context) ?? Flow.Next;
        return LoopBody.Run(items, new LoopState(items.Count), "for", (item, loop) => Bind(item, loop, context), body, context, At);
    }

    private IReadOnlyList<object?> ReadItems(EvaluationContext context) => source.Evaluate(context) switch
    {
        null => [],
        IReadOnlyList<object?> list => list,
        IReadOnlyDictionary<string, object?> map =>
            [.. map.Select(item => (object?)new Dictionary<string, object?> { ["key"] = item.Key, ["value"] = item.Value })],
        string text => [.. text.Select(c => (object?)c.ToString())],
        var other => throw new TemplateException(source.At, $"`for` can't go through {ValueKind.NameOf(other)}."),
    };

    private IReadOnlyList<object?> Select(IReadOnlyList<object?> items, EvaluationContext context)
    {
        if (options.IsPlain) return items;
        var selected = options.IsReversed ? items.Reverse() : items;
        if (options.Offset is not null) selected = selected.Skip(Number(options.Offset, context));
        if (options.Limit is not null) selected = selected.Take(Number(options.Limit, context));
        return [.. selected];
    }

    private static int Number(Expression option, EvaluationContext context) =>
        option.Evaluate(context) is long number and >= 0 and <= int.MaxValue
            ? (int)number
            : throw new TemplateException(option.At, "`limit` and `offset` are integers of at least 0.");

    private void Bind(object? item, Dictionary<string, object?> loop, EvaluationContext context)
    {
        if (variable is LocalVariable local) local.Assign(item, context);
        else loop[((Variable)variable).Name] = item;
    }
}
