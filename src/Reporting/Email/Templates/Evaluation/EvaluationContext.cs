using System.Runtime.CompilerServices;
using LifecycleMetrics.Reporting.Email.Templates.Functions;

namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>The state of one rendering: names in reach, output, limits.</summary>
internal sealed class EvaluationContext
{
    private readonly CancellationToken _cancellationToken;
    private readonly Stack<Frame> _frames = new();
    private int _depth;

    public EvaluationContext(
        Dictionary<string, object?> model, TemplateSettings settings, CancellationToken cancellationToken)
    {
        Settings = settings;
        Output = new OutputBuffer(settings.Limits.OutputLength);
        _cancellationToken = cancellationToken;
        _frames.Push(new Frame(model));
        Locals = new LocalScope(CallArguments.None(default));
    }

    public TemplateSettings Settings { get; }

    /// <summary>Where output goes: the rendering's buffer, or that of a capture or include.</summary>
    public OutputBuffer Output { get; set; }

    public LocalScope Locals { get; private set; }

    public Frame Frame => _frames.Peek();

    /// <summary>The value of the <c>ret</c> that ended the function or page.</summary>
    public object? ReturnValue { get; set; }

    public object? Resolve(string name, SourceLocation at)
    {
        foreach (var frame in _frames)
        {
            if (frame.TryGet(name, out var value)) return value;
        }

        if (BuiltIns.TryGet(name, out var builtIn)) return builtIn;
        var known = _frames.SelectMany(frame => frame.Names).Distinct().Order(StringComparer.Ordinal);
        throw new TemplateException(at, $"Unknown name `{name}`. Known here: {string.Join(", ", known)}.");
    }

    public void Write(object? value, SourceLocation at)
    {
        if (!Output.TryAppend(Text(value))) throw TooLong(at);
    }

    public string Text(object? value) => ValueText.Of(value, Settings.Culture);

    /// <summary>Passes on a string that is within the limit.</summary>
    public string Limit(string text, SourceLocation at) =>
        text.Length <= Settings.Limits.OutputLength ? text : throw TooLong(at);

    public TemplateException TooLong(SourceLocation at) =>
        new(at, $"The output or a string grew past the limit of {Settings.Limits.OutputLength} characters.");

    /// <summary>Called at every statement and every step of a loop.</summary>
    public void CheckCancelled() => _cancellationToken.ThrowIfCancellationRequested();

    public object? Call(ITemplateFunction function, CallArguments arguments)
    {
        CheckCancelled();
        if (++_depth > Settings.Limits.Recursion || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new TemplateException(
                arguments.At, $"Functions and includes call each other more than {Settings.Limits.Recursion} deep, in `{function.Name}`.");
        }

        try
        {
            return function.Invoke(arguments, this);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>Runs with another object on top of the names in reach.</summary>
    public T WithFrame<T>(Frame frame, Func<T> action)
    {
        _frames.Push(frame);
        try
        {
            return action();
        }
        finally
        {
            _frames.Pop();
        }
    }

    /// <summary>Runs a function's or page's body with fresh <c>$locals</c>.</summary>
    public object? WithLocals(CallArguments arguments, Func<Flow> body)
    {
        var outer = Locals;
        Locals = new LocalScope(arguments);
        ReturnValue = null;
        try
        {
            return body() == Flow.Return ? ReturnValue : null;
        }
        finally
        {
            Locals = outer;
            ReturnValue = null;
        }
    }

    /// <summary>Runs and returns what was put out meanwhile.</summary>
    public string Capture(Action action)
    {
        var outer = Output;
        Output = new OutputBuffer(Settings.Limits.OutputLength);
        try
        {
            action();
            return Output.ToString();
        }
        finally
        {
            Output = outer;
        }
    }
}
