namespace LifecycleMetrics.Storage.Ledger;

/// <summary>Compares the values published of a view and a period with what the view says now.</summary>
internal static class RestatedValues
{
    /// <summary>The statement for a view; its parameters are the view, the grain, the start of the period and now.</summary>
    /// <param name="view">Name of the view.</param>
    /// <param name="furtherKey">Expression of what tells its rows apart beside the columns of every KPI row.</param>
    // A value is compared with that of the same version of the model for as long as the view has that version, and then with the
    // latest. Which versions it has is said of the model as a whole: a row that only this version has lost is gone, and is not
    // that of another. The view is read once, as working it out takes most of the time; hence arrays of versions and no second join.
    // Those that were different before are written again, so that a value that is as published again is known to be.
    public static string Statement(string view, string furtherKey) =>
        $$"""
        insert into restated_value
        select
            publication_id, publication_kind, published_at, view_name, metric, model_id, grain, period_start, dimension, dimension_value, further_key,
            metric_version, model_version, numerator, denominator, value,
            current.metric_version, current.model_version, current.numerator, current.denominator, current.value,
            {now:DateTime64(3, 'UTC')}
        from (
            select
                published.*,
                if(has(present.model_versions, published.model_version), published.model_version, arrayMax(present.model_versions)) as compared_version,
                arrayFirst(row -> row.model_version = compared_version, present.rows) as current
            from (
                select publication_id, publication_kind, published_at, view_name, metric, metric_version, model_id, model_version,
                    grain, period_start, dimension, dimension_value, further_key, numerator, denominator, value
                from published_value
                where view_name = {view:String} and grain = {grain:String} and period_start = {start:Date}
            ) as published
            left join (
                select metric, model_id, dimension, dimension_value, further_key, any(versions) as model_versions,
                    groupArray((metric_version, model_version, numerator, denominator, value)::Tuple(
                        metric_version Nullable(Int32), model_version Nullable(Int32),
                        numerator Nullable(Int64), denominator Nullable(Int64), value Nullable(Float64))) as rows
                from (
                    select metric, metric_version, model_id, model_version, dimension, dimension_value, {{furtherKey}} as further_key,
                        numerator, denominator, value, groupUniqArray(model_version) over (partition by model_id) as versions
                    from {{view}}
                    where grain = {grain:String} and period_start = {start:Date}
                )
                group by metric, model_id, dimension, dimension_value, further_key
            ) as present
                on present.metric = published.metric and present.model_id = published.model_id and present.dimension = published.dimension
                and present.dimension_value = published.dimension_value and present.further_key = published.further_key
        )
        where not isNotDistinctFrom(current.numerator, numerator)
            or not isNotDistinctFrom(current.denominator, denominator)
            or not isNotDistinctFrom(current.value, value)
            or (publication_id, published_at, metric, model_id, model_version, dimension, dimension_value, further_key) in (
                select publication_id, published_at, metric, model_id, published_model_version, dimension, dimension_value, further_key
                from restated_value
                where view_name = {view:String} and grain = {grain:String} and period_start = {start:Date}
            )
        """;
}
