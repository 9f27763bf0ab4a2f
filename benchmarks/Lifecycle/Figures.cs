using LifecycleMetrics.Benchmarks.Support;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>The figures that are compared between sizes.</summary>
internal sealed class Figures
{
    private readonly List<string> _names = [];
    private readonly Dictionary<(string Name, string Size), string> _values = [];
    private readonly List<string> _sizes = [];

    public void Add(ShopSize size, string name, string value)
    {
        if (!_names.Contains(name))
            _names.Add(name);
        if (!_sizes.Contains(size.Name))
            _sizes.Add(size.Name);
        _values[(name, size.Name)] = value;
    }

    /// <summary>One column a size; of a single one there is nothing to compare.</summary>
    public void Print()
    {
        if (_sizes.Count < 2)
            return;
        var table = new MarkdownTable(["events", .. _sizes]);
        foreach (var name in _names)
            table.Add([name, .. _sizes.Select(size => _values.GetValueOrDefault((name, size), "–"))]);
        table.Print("Growth");
    }
}
