using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary>A function of the language: checks and orders the arguments, then runs its body.</summary>
/// <param name="name">With its object: <c>string.truncate</c>.</param>
/// <param name="parameters">Names separated by blanks; a question mark behind one makes it optional.</param>
internal sealed class BuiltInFunction(string name, string parameters, Func<BoundArguments, object?> body) : ITemplateFunction
{
    private readonly string[] _parameters =
        [.. parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(parameter => parameter.TrimEnd('?'))];

    private readonly int _required =
        parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(parameter => !parameter.EndsWith('?'));

    public string Name => name;

    public object? Invoke(CallArguments arguments, EvaluationContext context)
    {
        if (arguments.Positional.Count > _parameters.Length) throw Wrong(arguments, $"got {arguments.Positional.Count}");
        var values = new object?[_parameters.Length];
        var isGiven = new bool[_parameters.Length];
        for (var i = 0; i < arguments.Positional.Count; i++) Set(i, arguments.Positional[i]);
        foreach (var (key, value) in arguments.Named)
        {
            var index = Array.IndexOf(_parameters, key);
            if (index < 0 || isGiven[index]) throw Wrong(arguments, $"got `{key}:`");
            Set(index, value);
        }

        for (var i = 0; i < _required; i++)
        {
            if (!isGiven[i]) throw Wrong(arguments, $"`{_parameters[i]}` is missing");
        }

        var result = body(new BoundArguments(name, values, isGiven, context, arguments.At));
        return result is string text ? context.Limit(text, arguments.At) : result;

        void Set(int index, object? value) => (values[index], isGiven[index]) = (value, true);
    }

    private TemplateException Wrong(CallArguments arguments, string problem) =>
        new(arguments.At, $"`{name}` takes ({parameters}), {problem}.");
}
