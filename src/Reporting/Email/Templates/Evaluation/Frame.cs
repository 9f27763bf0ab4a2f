namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>One object whose members are names: the template's own, that of a <c>with</c>, or that of a function with parameters.</summary>
/// <param name="variables">Where assignments go.</param>
internal sealed class Frame(Dictionary<string, object?> variables)
{
    // Loop variables end with their loop and hide members of the same name.
    private readonly List<Dictionary<string, object?>> _loops = [];

    public Dictionary<string, object?> Variables => variables;

    public void EnterLoop(Dictionary<string, object?> loopVariables) => _loops.Add(loopVariables);

    public void LeaveLoop() => _loops.RemoveAt(_loops.Count - 1);

    public bool TryGet(string name, out object? value)
    {
        for (var i = _loops.Count - 1; i >= 0; i--)
        {
            if (_loops[i].TryGetValue(name, out value)) return true;
        }

        return variables.TryGetValue(name, out value);
    }

    public IEnumerable<string> Names => _loops.SelectMany(loop => loop.Keys).Concat(variables.Keys);
}
