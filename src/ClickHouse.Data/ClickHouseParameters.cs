using System.Collections;
using System.Net;
using System.Numerics;
using System.Reflection;

namespace ClickHouse.Data;

/// <summary>
/// Values for Dapper's <c>param</c> argument: <c>connection.QueryAsync(sql, new ClickHouseParameters(new { from, to }))</c>.
/// Dapper drops those properties of a plain object whose names it does not find after @, ? or : in the SQL, and so all
/// that are named in <c>{from:Date}</c>; of this it takes every one. Arrays and lists stay one value.
/// </summary>
public sealed class ClickHouseParameters : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public ClickHouseParameters()
    {
    }

    /// <param name="values">Its public properties are taken, as those of an anonymous object.</param>
    public ClickHouseParameters(object values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var property in values.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            this[property.Name] = property.GetValue(values);
        }
    }

    public object? this[string name]
    {
        get => _values[name];
        set => _values[name] = value switch
        {
            // Dapper refuses types that it does not know; as text the server reads them just as well.
            IPAddress or BigInteger or Int128 or UInt128 or ClickHouseDecimal => value.ToString(),
            _ => value,
        };
    }

    public void Add(string name, object? value) => this[name] = value;

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
