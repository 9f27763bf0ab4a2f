namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Lists of SQL expressions.</summary>
internal static class SqlList
{
    /// <summary>The expressions of a list; commas between brackets part none.</summary>
    public static IEnumerable<string> Split(string list)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < list.Length; i++)
        {
            depth += list[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (list[i] != ',' || depth > 0) continue;
            yield return list[start..i].Trim();
            start = i + 1;
        }

        if (list.Length > start) yield return list[start..].Trim();
    }
}
