using LifecycleMetrics.Reporting.OData.Schema;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>Collects the values of a query; the SQL text only ever holds their placeholders.</summary>
internal sealed class SqlParameters
{
    private readonly List<SqlParameter> _parameters = [];

    public IReadOnlyList<SqlParameter> All => _parameters;

    /// <summary>The placeholder, such as <c>{p0:Int64}</c>.</summary>
    public string Add(object value, ColumnType type)
    {
        var name = FormattableString.Invariant($"p{_parameters.Count}");
        _parameters.Add(new SqlParameter(name, type.Text, value));
        return $"{{{name}:{type.Text}}}";
    }
}
