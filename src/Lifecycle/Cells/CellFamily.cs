namespace LifecycleMetrics.Lifecycle.Cells;

/// <summary>
/// A family of KPIs: the view <c>int_NAME</c> with what each subject contributes, and the table <c>NAME_cell</c> with the
/// sums. The statements are made from the table's columns (docs/decisions/0007).
/// </summary>
/// <param name="Name">Name of the family.</param>
/// <param name="Keys">Columns that tell the cells apart, apart from base, run and slice.</param>
/// <param name="Measures">Columns that are summed.</param>
internal sealed record CellFamily(string Name, IReadOnlyList<string> Keys, IReadOnlyList<string> Measures)
{
    private const string Slices = "channel, campaign, persona, country, source";

    /// <summary>Columns of every cell table that are no keys of their own.</summary>
    public static readonly IReadOnlyList<string> CommonColumns = ["base_no", "refresh_no", "dimension", "dimension_value"];

    /// <summary>The table of the sums.</summary>
    public string Table => $"{Name}_cell";

    /// <summary>The view of the contributions.</summary>
    public string Contributions => $"int_{Name}";

    // Subjects to work out; what has become a part of another subject is in the list by its key alone.
    private const string Present = """
        select subject_id
        from refresh_key
        where refresh_no = {refresh_no:UInt64} and bucket = {bucket:UInt32}
        """;

    private const string PresentAndMerged = Present + """

        union distinct
        select subject_key
        from refresh_key
        where refresh_no = {refresh_no:UInt64} and bucket = {bucket:UInt32} and not startsWith(subject_id, 'g:')
        """;

    /// <summary>Takes out what the subjects of a batch, and those now merged into them, contribute by <c>effective_until</c>.</summary>
    public string Subtract() => Apply("-", PresentAndMerged);

    /// <summary>Puts in what the subjects of a batch contribute by <c>effective_until</c>.</summary>
    public string Add() => Apply("", Present);

    // Sums by all slices together come first: there are few combinations, and each is then counted in six slices instead
    // of every contribution.
    private string Apply(string sign, string subjects) =>
        $$"""
        insert into {{Table}} (base_no, refresh_no, {{List(Keys)}}, dimension, dimension_value, {{List(Measures)}})
        select
            {base_no:UInt64},
            {refresh_no:UInt64},
            {{List(Keys.Select(key => $"taken.{key}"))}},
            dimension,
            if(slice = '', '(none)', slice),
            {{List(Measures.Select(measure => $"sum(taken.{measure})"))}}
        from (
            select
                {{List(Keys.Select(key => $"contribution.{key} as {key}"))}},
                {{Slices}},
                {{List(Measures.Select(measure => $"{sign}sum(contribution.{measure}) as {measure}"))}}
            from {{Contributions}} as contribution
            where contribution.subject_id in ({{subjects}})
                and contribution.effective_at <= {effective_until:DateTime64(3, 'UTC')}
            group by {{List(Keys.Select(key => $"contribution.{key}"))}}, {{Slices}}
        ) as taken
        array join
            ['all', 'channel', 'campaign', 'persona', 'country', 'source'] as dimension,
            ['all', {{Slices}}]::Array(String) as slice
        group by {{List(Keys.Select(key => $"taken.{key}"))}}, dimension, slice
        """;

    /// <summary>The instants after T at which contributions of the subjects of a batch become effective.</summary>
    public string Due() =>
        $$"""
        select
            subject_id,
            effective_at
        from {{Contributions}}
        where subject_id in ({{Present}})
            and effective_at > {effective_until:DateTime64(3, 'UTC')}
        """;

    /// <summary>Copies the visible cells of base <c>base_no</c> into base <c>refresh_no</c>, one row each.</summary>
    public string Compact() =>
        $$"""
        insert into {{Table}} (base_no, refresh_no, {{List(Keys)}}, dimension, dimension_value, {{List(Measures)}})
        select
            {refresh_no:UInt64},
            {refresh_no:UInt64},
            {{List(Keys.Select(key => $"cell.{key}"))}},
            cell.dimension,
            cell.dimension_value,
            {{List(Measures.Select(measure => $"sum(cell.{measure})"))}}
        from {{Table}} as cell
        where (cell.base_no, cell.refresh_no) in (select base_no, refresh_no from int_live_run)
        group by {{List(Keys.Select(key => $"cell.{key}"))}}, cell.dimension, cell.dimension_value
        """;

    private static string List(IEnumerable<string> columns) => string.Join(", ", columns);
}
