namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary>Collects the functions of one object of the language.</summary>
internal sealed class FunctionTable(string owner)
{
    private readonly Dictionary<string, object?> _functions = [];

    public IReadOnlyDictionary<string, object?> Functions => _functions;

    public FunctionTable Add(string name, string parameters, Func<BoundArguments, object?> body)
    {
        _functions.Add(name, new BuiltInFunction($"{owner}.{name}", parameters, body));
        return this;
    }
}
