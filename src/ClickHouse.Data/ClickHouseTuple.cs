using System.Collections;
using System.Runtime.CompilerServices;

namespace ClickHouse.Data;

/// <summary>A value of a Tuple column. Read it by position, by name, or as a C# tuple with GetFieldValue.</summary>
public sealed class ClickHouseTuple : ITuple, IReadOnlyList<object?>, IEquatable<ClickHouseTuple>
{
    private readonly object?[] _items;

    public ClickHouseTuple(IReadOnlyList<string> names, params object?[] items)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(items);
        (Names, _items) = (names, items);
    }

    /// <summary>The names of the elements; empty for a tuple without names.</summary>
    public IReadOnlyList<string> Names { get; }

    public int Count => _items.Length;

    int ITuple.Length => _items.Length;

    public object? this[int index] => _items[index];

    /// <exception cref="KeyNotFoundException">The tuple has no element of that name.</exception>
    public object? this[string name]
    {
        get
        {
            for (var i = 0; i < Names.Count; i++)
            {
                if (string.Equals(Names[i], name, StringComparison.Ordinal))
                {
                    return _items[i];
                }
            }

            throw new KeyNotFoundException($"The tuple has no element '{name}', only: {string.Join(", ", Names)}.");
        }
    }

    public bool Equals(ClickHouseTuple? other) => other is not null && _items.SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as ClickHouseTuple);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"({string.Join(", ", _items)})";
}
