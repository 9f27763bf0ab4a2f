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

    /// <summary>
    /// Adds what the subjects of a batch contribute at T, times <c>sign</c>. Sums by all slices together come first:
    /// there are few combinations, and each is then counted in six slices instead of every contribution.
    /// </summary>
    public string Apply() =>
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
                {{List(Measures.Select(measure => $"{{sign:Int64}} * sum(contribution.{measure}) as {measure}"))}}
            from {{Contributions}} as contribution
            where contribution.subject_id in (
                    select subject_id
                    from refresh_key
                    where refresh_no = {refresh_no:UInt64} and bucket = {bucket:UInt32}
                )
                and contribution.effective_at <= {as_of:DateTime64(3, 'UTC')}
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
        where subject_id in (
                select subject_id
                from refresh_key
                where refresh_no = {refresh_no:UInt64} and bucket = {bucket:UInt32}
            )
            and effective_at > {as_of:DateTime64(3, 'UTC')}
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
