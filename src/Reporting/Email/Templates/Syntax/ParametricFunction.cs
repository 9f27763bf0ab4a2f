using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>func name(a, b = 1)</c>: its parameters are names of its own, and so is what it assigns.</summary>
internal sealed class ParametricFunction(string name, IReadOnlyList<Parameter> parameters, Block body) : ITemplateFunction
{
    public string Name => name;

    public object? Invoke(CallArguments arguments, EvaluationContext context)
    {
        if (arguments.Positional.Count > parameters.Count)
        {
            throw new TemplateException(arguments.At, $"`{name}` takes {parameters.Count} arguments and got {arguments.Positional.Count}.");
        }

        var unknown = arguments.Named.Keys.FirstOrDefault(key => parameters.All(parameter => parameter.Name != key));
        if (unknown is not null) throw new TemplateException(arguments.At, $"`{name}` has no parameter `{unknown}`.");
        var variables = new Dictionary<string, object?>(parameters.Count);
        for (var i = 0; i < parameters.Count; i++) variables[parameters[i].Name] = Bind(i, arguments, context);
        return context.WithFrame(new Frame(variables), () => context.WithLocals(arguments, () => body.Execute(context)));
    }

    private object? Bind(int index, CallArguments arguments, EvaluationContext context)
    {
        var parameter = parameters[index];
        if (index < arguments.Positional.Count) return arguments.Positional[index];
        if (arguments.Named.TryGetValue(parameter.Name, out var value)) return value;
        return parameter.Default is null
            ? throw new TemplateException(arguments.At, $"`{name}` needs the argument `{parameter.Name}`.")
            : parameter.Default.Evaluate(context);
    }
}
