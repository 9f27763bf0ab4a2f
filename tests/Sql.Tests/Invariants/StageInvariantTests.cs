namespace LifecycleMetrics.Sql.Tests.Invariants;

/// <summary>What holds of the stage KPIs for any history: each query looks for rows in which it does not.</summary>
public sealed class StageInvariantTests(GeneratedHistoryFixture history) : IClassFixture<GeneratedHistoryFixture>
{
    [Fact]
    public Task Conversion_OfSkips_IsNeverLessThanTheStrictOne() => HoldsAsync(
        "select sum(numerator) from kpi_stage_conversion where metric = 'stage_conversion_strict'",
        """
        select model_id, from_stage, variant, grain, period_start, dimension, dimension_value
        from kpi_stage_conversion
        where metric != 'lifecycle_conversion'
        group by model_id, model_version, from_stage, variant, grain, period_start, dimension, dimension_value
        having sumIf(numerator, metric = 'stage_conversion') < sumIf(numerator, metric = 'stage_conversion_strict')
            or min(denominator) != max(denominator)
        """);

    [Fact]
    public Task EveryVisit_ByMonth_IsWhatLookingAtEachVisitGives() => HoldsAsync(
        "select count() from int_stage_visit where stage_id = 'reach' and visit_no > 1",
        """
        with (select as_of from report_setting final) as t
        select shown.period_start, shown.numerator, shown.denominator, shown.maturing_n, counted.converted, counted.exposed, counted.maturing
        from kpi_stage_conversion as shown
        left join (
            select
                toStartOfMonth(toDate(toTimeZone(entered_at, 'Europe/Madrid'))) as period_start,
                countIf(entered_at + toIntervalDay(30) <= t) as exposed,
                countIf(entered_at + toIntervalDay(30) <= t and reached) as converted,
                countIf(entered_at + toIntervalDay(30) > t) as maturing
            from (
                select
                    origin.subject_id, origin.visit_no, any(origin.entered_at) as entered_at,
                    countIf(goal.ordinal >= 2 and goal.lap = origin.lap and goal.entered_at >= origin.entered_at
                        and goal.entered_at <= origin.entered_at + toIntervalDay(30)) > 0 as reached
                from int_stage_visit as origin
                inner join int_stage_visit as goal on goal.subject_id = origin.subject_id and goal.model_id = origin.model_id
                where origin.model_id = 'sterne-cutler' and origin.stage_id = 'reach'
                group by origin.subject_id, origin.visit_no
            )
            group by period_start
        ) as counted using (period_start)
        where shown.model_id = 'sterne-cutler' and shown.metric = 'stage_conversion' and shown.variant = 'every_visit'
            and shown.from_stage = 'reach' and shown.grain = 'month' and shown.dimension = 'all'
            and (shown.denominator, shown.numerator, shown.maturing_n) != (counted.exposed, counted.converted, counted.maturing)
        """);

    [Fact]
    public Task DropOff_ByMonth_IsWhatLookingAtEachFirstVisitGives() => HoldsAsync(
        "select sum(numerator) from kpi_stage_drop_off where stage_id = 'acquisition' and dimension = 'all'",
        """
        with (select as_of from report_setting final) as t
        select shown.stage_id, shown.period_start, shown.numerator, shown.denominator, shown.open_n, counted.dropped, counted.exposed, counted.open
        from kpi_stage_drop_off as shown
        left join (
            select
                visit.stage_id as stage_id,
                toStartOfMonth(toDate(toTimeZone(visit.entered_at, 'Europe/Madrid'))) as period_start,
                countIf(visit.entered_at + toIntervalDay(stage.window_days) <= t) as exposed,
                countIf(visit.entered_at + toIntervalDay(stage.window_days) <= t and lapse.subject_id != '') as dropped,
                countIf(visit.exited_at is null) as open
            from int_stage_visit as visit
            inner join lifecycle_transition as stage
                on stage.model_id = visit.model_id and stage.from_stage = visit.stage_id and stage.kind != 'lifecycle'
            left join (select * from int_stage_visit where direction = 'lapse') as lapse
                on lapse.model_id = visit.model_id and lapse.subject_id = visit.subject_id
                and lapse.previous_stage_id = visit.stage_id and lapse.entered_at = visit.exited_at
            where visit.model_id = 'sterne-cutler' and visit.visit_no = 1
            group by stage_id, period_start
        ) as counted using (stage_id, period_start)
        where shown.model_id = 'sterne-cutler' and shown.grain = 'month' and shown.dimension = 'all'
            and (shown.denominator, shown.numerator, shown.open_n) != (counted.exposed, counted.dropped, counted.open)
        """);

    [Fact]
    public Task DropOff_OfAStageWithANextOne_HasTheDenominatorOfConversion() => HoldsAsync(
        "select sum(denominator) from kpi_stage_drop_off",
        """
        select dropped.model_id, dropped.stage_id, dropped.grain, dropped.period_start
        from kpi_stage_drop_off as dropped
        inner join kpi_stage_conversion as converted
            on converted.model_id = dropped.model_id and converted.from_stage = dropped.stage_id
            and converted.grain = dropped.grain and converted.period_start = dropped.period_start
            and converted.dimension = dropped.dimension and converted.dimension_value = dropped.dimension_value
        where converted.metric = 'stage_conversion' and converted.variant = 'first_visit'
            and dropped.denominator != converted.denominator
        """);

    [Fact]
    public Task Throughput_Denominator_IsTheStockAtTheStart() => HoldsAsync(
        "select count() from kpi_stage_throughput where value > 0",
        """
        select moved.model_id, moved.from_stage, moved.grain, moved.period_start, moved.denominator, stock.opening_count
        from kpi_stage_throughput as moved
        inner join kpi_stage_stock as stock
            on stock.model_id = moved.model_id and stock.stage_id = moved.from_stage
            and stock.grain = moved.grain and stock.period_start = moved.period_start
            and stock.dimension = moved.dimension and stock.dimension_value = moved.dimension_value
        where moved.denominator != stock.opening_count
        """);

    [Fact]
    public Task Throughput_OutOfAStage_AddsUpToItsExits() => HoldsAsync(
        "select sum(exited_count) from kpi_stage_stock where stage_id = 'lapsed'",
        """
        select stock.model_id, stock.stage_id, stock.grain, stock.period_start, stock.dimension_value, stock.exited_count, moves.total
        from kpi_stage_stock as stock
        left join (
            select model_id, from_stage, grain, period_start, dimension, dimension_value, sum(numerator) as total
            from kpi_stage_throughput
            group by model_id, from_stage, grain, period_start, dimension, dimension_value
        ) as moves
            on moves.model_id = stock.model_id and moves.from_stage = stock.stage_id and moves.grain = stock.grain
            and moves.period_start = stock.period_start and moves.dimension = stock.dimension
            and moves.dimension_value = stock.dimension_value
        where stock.exited_count != moves.total
        """);

    [Fact]
    public Task Movement_ByMonth_IsTheVisitsOfEachDirection() => HoldsAsync(
        "select uniqExact(direction) - 5 from int_stage_visit",
        """
        select shown.metric, shown.stage_id, shown.period_start, shown.numerator, counted.moves
        from kpi_stage_movement as shown
        left join (
            select
                model_id, stage_id,
                transform(direction, ['back', 're-enter', 'skip'], ['regressions', 're_entries', 'skips'], '') as metric,
                toStartOfMonth(toDate(toTimeZone(entered_at, 'Europe/Madrid'))) as period_start,
                count() as moves
            from int_stage_visit
            group by model_id, stage_id, metric, period_start
        ) as counted using (model_id, stage_id, metric, period_start)
        where shown.grain = 'month' and shown.dimension = 'all' and not endsWith(shown.metric, '_rate')
            and shown.numerator != counted.moves
        """);

    [Fact]
    public Task TimeInStage_ByMonth_RestsOnAllVisitsThatBegan() => HoldsAsync(
        "select count() from kpi_time_in_stage where variant = 'median' and value > 0 and open_count > 0",
        """
        select shown.model_id, shown.stage_id, shown.period_start, shown.completed_count, shown.open_count, counted.completed, counted.open
        from kpi_time_in_stage as shown
        left join (
            select
                model_id, stage_id,
                toStartOfMonth(toDate(toTimeZone(entered_at, 'Europe/Madrid'))) as period_start,
                countIf(exited_at is not null) as completed,
                countIf(exited_at is null) as open
            from int_stage_visit
            group by model_id, stage_id, period_start
        ) as counted using (model_id, stage_id, period_start)
        where shown.grain = 'month' and shown.dimension = 'all'
            and (shown.completed_count, shown.open_count) != (counted.completed, counted.open)
        """);

    [Fact]
    public Task TimeInStage_OnceAllHaveEnded_IsTheMedianOfThem() => HoldsAsync(
        "select count() from kpi_time_in_stage where variant = 'median' and completed_count > 2 and open_count = 0",
        """
        select model_id, stage_id, grain, period_start, dimension, dimension_value
        from kpi_time_in_stage
        where open_count = 0 and completed_count > 0
        group by model_id, stage_id, grain, period_start, dimension, dimension_value
        having uniqExact(if(variant != 'completed_p90', value, null)) != 1
        """);

    [Fact]
    public Task Laps_OfEachNumber_AreThoseOfTheVisits() => HoldsAsync(
        "select sum(numerator) from kpi_lap where metric = 'laps' and lap = 2",
        """
        select shown.model_id, shown.lap, shown.total, counted.laps
        from (
            select model_id, lap, sum(numerator) as total
            from kpi_lap
            where metric = 'laps' and grain = 'year' and dimension = 'all'
            group by model_id, lap
        ) as shown
        left join (
            select model_id, toInt32(least(lap, 3)) as lap, uniqExact(subject_id, lap) as laps
            from int_stage_visit
            group by model_id, lap
        ) as counted using (model_id, lap)
        where shown.total != counted.laps
        """);

    // Weeks of remission of the 21 patients of Gehan (1965) who were given 6-MP, + still in remission when last seen: 6 6 6
    // 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+. Cox and Oakes (1984) print the estimate.
    [Fact]
    public async Task Survival_OfGehansPatients_IsAsPublished()
    {
        var rows = await history.Database.QueryAsync<string>(
            """
            with
                [6, 7, 9, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 34, 35] as weeks,
                [3, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0]::Array(Int64) as ended,
                [1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 2, 1, 1]::Array(Int64) as open
            select concat(
                arrayStringConcat(arrayMap(
                    (week, share, n) -> concat(toString(week), ' ', toDecimalString(round(share, 4), 4)),
                    arrayFilter((week, n) -> n > 0, weeks, ended),
                    arrayFilter((share, n) -> n > 0, lm_survival(ended, open), ended),
                    arrayFilter(n -> n > 0, ended)
                ), ', '),
                '; median ', toString(lm_survival_median(weeks, ended, open))
            )
            """,
            asWriter: true);

        Assert.Equal(
            "6 0.8571, 7 0.8067, 10 0.7529, 13 0.6902, 16 0.6275, 22 0.5378, 23 0.4482; median 23",
            Assert.Single(rows));
    }

    /// <param name="some">A count that must not be 0: without such rows the invariant would hold of nothing.</param>
    /// <param name="broken">The rows that break it.</param>
    private async Task HoldsAsync(string some, string broken)
    {
        var count = await history.Database.QueryAsync<long>($"select toInt64(({some}))", asWriter: true);
        Assert.True(count[0] > 0, "The generated history has nothing to check this with.");

        var rows = await history.Database.QueryAsync<string>(
            $"select toString(tuple(*)) from ({broken}) limit 10", asWriter: true);
        Assert.Empty(rows);
    }
}
