namespace LifecycleMetrics.Storage.Schema;

/// <summary>Puts views in an order in which each comes after those it reads.</summary>
public static class ViewOrder
{
    /// <exception cref="SchemaException">Views read each other in a circle, or a view reads one of a higher folder.</exception>
    public static IReadOnlyList<ViewFile> Sort(IReadOnlyCollection<ViewFile> views)
    {
        var byName = views.ToDictionary(v => v.Name);
        var sorted = new List<ViewFile>();
        var open = new HashSet<string>();
        foreach (var view in views.OrderBy(v => v.File.Layer, StringComparer.Ordinal).ThenBy(v => v.Name, StringComparer.Ordinal))
            Visit(view);
        return sorted;

        void Visit(ViewFile view)
        {
            if (sorted.Contains(view)) return;
            if (!open.Add(view.Name))
                throw new SchemaException($"{view.File.Path}: the views {string.Join(" → ", open)} read each other in a circle.");
            foreach (var read in view.Reads.Where(byName.ContainsKey).Select(name => byName[name]))
            {
                if (string.CompareOrdinal(read.File.Layer, view.File.Layer) > 0)
                    throw new SchemaException($"{view.File.Path} reads {read.File.Path}, which lies in a higher folder.");
                Visit(read);
            }

            open.Remove(view.Name);
            sorted.Add(view);
        }
    }
}
