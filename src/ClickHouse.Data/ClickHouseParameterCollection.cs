using System.Collections;
using System.Data.Common;

namespace ClickHouse.Data;

/// <summary>The parameters of a command, found by name (case-sensitive, as ClickHouse has them) or position.</summary>
public sealed class ClickHouseParameterCollection : DbParameterCollection, IReadOnlyList<ClickHouseParameter>
{
    private readonly List<ClickHouseParameter> _parameters = [];

    public override int Count => _parameters.Count;

    public override object SyncRoot => _parameters;

    public new ClickHouseParameter this[int index] => _parameters[index];

    public ClickHouseParameter Add(ClickHouseParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        _parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Adds a value for the placeholder of that name.</summary>
    public ClickHouseParameter AddWithValue(string name, object? value, string? clickHouseType = null) =>
        Add(new ClickHouseParameter(name, value, clickHouseType));

    public override int Add(object value)
    {
        _parameters.Add(Cast(value));
        return _parameters.Count - 1;
    }

    public override void AddRange(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            Add(value!);
        }
    }

    public override void Clear() => _parameters.Clear();

    public override bool Contains(object value) => IndexOf(value) >= 0;

    public override bool Contains(string value) => IndexOf(value) >= 0;

    public override void CopyTo(Array array, int index) => ((ICollection)_parameters).CopyTo(array, index);

    public override IEnumerator GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator<ClickHouseParameter> IEnumerable<ClickHouseParameter>.GetEnumerator() => _parameters.GetEnumerator();

    public override int IndexOf(object value) => value is ClickHouseParameter parameter ? _parameters.IndexOf(parameter) : -1;

    public override int IndexOf(string parameterName)
    {
        var name = new ClickHouseParameter(parameterName, null).ParameterName;
        return _parameters.FindIndex(parameter => string.Equals(parameter.ParameterName, name, StringComparison.Ordinal));
    }

    public override void Insert(int index, object value) => _parameters.Insert(index, Cast(value));

    public override void Remove(object value) => _parameters.Remove(Cast(value));

    public override void RemoveAt(int index) => _parameters.RemoveAt(index);

    public override void RemoveAt(string parameterName) => _parameters.RemoveAt(Existing(parameterName));

    protected override DbParameter GetParameter(int index) => _parameters[index];

    protected override DbParameter GetParameter(string parameterName) => _parameters[Existing(parameterName)];

    protected override void SetParameter(int index, DbParameter value) => _parameters[index] = Cast(value);

    protected override void SetParameter(string parameterName, DbParameter value) => _parameters[Existing(parameterName)] = Cast(value);

    private static ClickHouseParameter Cast(object? value) => value as ClickHouseParameter
        ?? throw new InvalidCastException($"A {nameof(ClickHouseParameter)} is needed, not {value?.GetType().ToString() ?? "null"}.");

    private int Existing(string parameterName) => IndexOf(parameterName) is var index and >= 0
        ? index
        : throw new ArgumentOutOfRangeException(nameof(parameterName), parameterName, "There is no parameter of that name.");
}
