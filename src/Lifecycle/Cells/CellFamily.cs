using LifecycleMetrics.Lifecycle.Batches;

namespace LifecycleMetrics.Lifecycle.Cells;

/// <summary>
/// A family of KPIs: the view <c>int_NAME</c> with what each subject contributes, and the table <c>NAME_cell</c> with the
/// sums. The statements are made from the table's columns (docs/decisions/0007).
/// </summary>
/// <param name="Name">Name of the family.</param>
/// <param name="KeyColumns">Columns that tell the cells apart, apart from base, run and slice.</param>
/// <param name="MeasureColumns">Columns that are summed.</param>
internal sealed record CellFamily(string Name, IReadOnlyList<CellColumn> KeyColumns, IReadOnlyList<CellColumn> MeasureColumns)
{
    private static readonly IReadOnlyList<string> Slices = ["channel", "campaign", "persona", "country", "source"];

    /// <summary>Columns of every cell table that are no keys of their own.</summary>
    public static readonly IReadOnlyList<string> CommonColumns = ["base_no", "refresh_no", "dimension", "dimension_value"];

    /// <summary>Names of the columns that tell the cells apart.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. KeyColumns.Select(column => column.Name)];

    /// <summary>Names of the columns that are summed.</summary>
    public IReadOnlyList<string> Measures { get; } = [.. MeasureColumns.Select(column => column.Name)];

    /// <summary>The table of the sums.</summary>
    public string Table => $"{Name}_cell";

    /// <summary>The view of the contributions.</summary>
    public string Contributions => $"int_{Name}";

    /// <summary>The table in memory of what the subjects of a batch contribute.</summary>
    public string Batch => SubjectBatch.TableFor(Name);

    private string BatchColumns => List(["subject_id", "effective_at", .. Keys, .. Slices, .. Measures]);

    /// <summary>Makes <see cref="Batch"/>.</summary>
    public string CreateBatch() =>
        $"""
        create or replace table {Batch}
        (
            subject_id String,
            effective_at DateTime64(3, 'UTC'),
            {List(KeyColumns.Select(column => $"{column.Name} {column.Type}"))},
            {List(Slices.Select(slice => $"{slice} String"))},
            {List(MeasureColumns.Select(column => $"{column.Name} {column.Type}"))}
        )
        engine = Memory
        """;

    /// <summary>Works out what all subjects of a batch contribute.</summary>
    /// <param name="contributions">The view, reading the tables of the batch.</param>
    public string ContributeAll(string contributions) =>
        $"""
        insert into {Batch} ({BatchColumns})
        select {BatchColumns}
        from ({contributions})
        """;

    /// <summary>
    /// Works out what some subjects of a batch contribute, as they were and as they are, from the instant on at which that may differ.
    /// </summary>
    /// <param name="contributions">The view, reading the tables of the batch.</param>
    /// <param name="condition">Which contributions, as a condition on its columns.</param>
    /// <param name="changes">Query for each subject as it was or as it is: <c>id</c>, and <c>since</c>.</param>
    public string ContributeChanged(string contributions, string condition, string changes) =>
        $"""
        insert into {Batch} ({BatchColumns})
        select {BatchColumns}
        from ({contributions}) as contribution
        inner join ({changes}) as changes on changes.id = contribution.subject_id
        where {condition} and effective_at >= since
        """;

    // What has not changed cancels out before it is counted in six slices. Sums by all slices together come first: there
    // are few combinations of them.
    /// <summary>
    /// Puts in what the subjects of a batch contribute by T as they are, and takes out what they contributed as they were
    /// by the T of the run before.
    /// </summary>
    public string SumChanged() => InsertCells(
        $$"""
        select
            {base_no:UInt64},
            {refresh_no:UInt64},
            {{List(Keys.Select(key => $"changed.{key}"))}},
            dimension,
            if(slice = '', '(none)', slice),
            {{List(Measures.Select(measure => $"sum(changed.{measure})"))}}
        from (
            select
                {{List(Keys.Select(key => $"contribution.{key} as {key}"))}},
                {{List(Slices)}},
                {{List(Measures.Select(measure => $"sum(if(is_former, -contribution.{measure}, contribution.{measure})) as {measure}"))}}
            from (
                select *, endsWith(subject_id, '{{SubjectBatch.Former}}') as is_former
                from {{Batch}}
            ) as contribution
            where effective_at <= if(is_former, {last_as_of:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')})
            group by {{List(Keys.Select(key => $"contribution.{key}"))}}, {{List(Slices)}}
            having {{IsAnything}}
        ) as changed
        array join
            ['all', {{List(Slices.Select(slice => $"'{slice}'"))}}] as dimension,
            ['all', {{List(Slices)}}]::Array(String) as slice
        group by {{List(Keys.Select(key => $"changed.{key}"))}}, dimension, slice
        """);

    // Nothing cancels out, and sums by all slices together would be nearly as many as the contributions; a pass for each slice
    // has the shorter key.
    /// <summary>Puts in what the subjects of a batch contribute by T, where there is nothing to take out.</summary>
    public string SumAll() => InsertCells(string.Join("\nunion all\n", Slices.Prepend("all").Select(SumAllBy)));

    private string IsAnything => string.Join(" or ", Measures.Select(measure => $"{measure} != 0"));

    private string SumAllBy(string slice)
    {
        var value = slice == "all" ? "'all'" : $"if(contribution.{slice} = '', '(none)', contribution.{slice})";
        var keys = Keys.Concat(slice == "all" ? [] : [slice]).Select(key => $"contribution.{key}");
        return $$"""
            select
                {base_no:UInt64},
                {refresh_no:UInt64},
                {{List(Keys.Select(key => $"contribution.{key}"))}},
                '{{slice}}',
                {{value}},
                {{List(Measures.Select(measure => $"sum(contribution.{measure}) as {measure}"))}}
            from {{Batch}} as contribution
            where effective_at <= {as_of:DateTime64(3, 'UTC')}
            group by {{List(keys)}}
            having {{IsAnything}}
            """;
    }

    // A statement has one row a cell, so there is nothing to sum up while it is written.
    private string InsertCells(string rows) =>
        $"""
        insert into {Table} (base_no, refresh_no, {List(Keys)}, dimension, dimension_value, {List(Measures)})
        settings optimize_on_insert = 0
        {rows}
        """;

    /// <summary>Notes when what the subjects of a batch contribute to <paramref name="families"/> changes next after T.</summary>
    public static string NoteDue(params IEnumerable<CellFamily> families) =>
        $"""
        insert into batch_due (subject_id, due_at)
        {string.Join("\nunion all\n", families.Select(family => family.Due()))}
        """;

    private string Due() =>
        $$"""
        select subject_id, min(effective_at)
        from {{Batch}}
        where effective_at > {as_of:DateTime64(3, 'UTC')} and endsWith(subject_id, '{{SubjectBatch.Present}}')
        group by subject_id
        """;

    /// <summary>Empties <see cref="Batch"/>.</summary>
    public string ClearBatch() => $"truncate table {Batch}";

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
