using System.Globalization;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Parameters of a statement that is being made.</summary>
/// <param name="prefix">Begins their names.</param>
internal sealed class ParameterList(string prefix)
{
    private readonly List<SqlParameter> _parameters = [];

    /// <summary>All parameters so far.</summary>
    public IReadOnlyList<SqlParameter> All => _parameters;

    /// <summary>Adds one; returns how the statement names it.</summary>
    public string Bind(string type, object value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{_parameters.Count}");
        _parameters.Add(new SqlParameter(name, type, value));
        return $"{{{name}:{type}}}";
    }
}
