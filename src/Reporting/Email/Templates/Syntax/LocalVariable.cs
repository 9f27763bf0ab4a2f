using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>$name</c>; <c>$</c> is the list of arguments and <c>$0</c> the first of them.</summary>
internal sealed class LocalVariable(string name, SourceLocation at) : Expression(at), IAssignable
{
    public string Name => name;

    public override bool IsPath => true;

    public override object? Read(EvaluationContext context)
    {
        var arguments = context.Locals.Arguments;
        if (name.Length == 0) return arguments.Positional;
        if (char.IsAsciiDigit(name[0]))
        {
            return int.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var index) && index < arguments.Positional.Count
                ? arguments.Positional[index]
                : throw new TemplateException(At, $"`${name}`: the call has {arguments.Positional.Count} arguments.");
        }

        return context.Locals.Variables.TryGetValue(name, out var value)
            ? value
            : throw new TemplateException(At, $"Unknown local name `${name}`.");
    }

    public void Assign(object? value, EvaluationContext context)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) throw new TemplateException(At, "Arguments can't be assigned to.");
        context.Locals.Variables[name] = value;
    }
}
