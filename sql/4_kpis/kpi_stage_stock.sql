-- purpose: How many subjects are in a stage of a lifecycle model at the end of a period, and the flow that led there
-- grain: one row per metric, model_id, model_version, stage_id, grain, period_start, dimension, dimension_value
-- reads: int_stage, int_stage_visit, int_subject_slice, int_calendar, int_grain, report_setting
-- time: days of the report time zone, the period that holds T is taken at T; a late event changes all stocks after it
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

moves as (
    select
        model_id,
        model_version,
        stage_id,
        subject_id,
        toDate(toTimeZone(move.1, report_zone)) as moved_date,
        move.2 as entered,
        move.3 as exited
    from int_stage_visit
    array join [
        (entered_at::Nullable(DateTime64(3, 'UTC')), 1::Int64, 0::Int64),
        (exited_at, 0::Int64, 1::Int64)
    ] as move
    where move.1 is not null
),

sliced_moves as (
    select
        moves.model_id as model_id,
        moves.model_version as model_version,
        moves.stage_id as stage_id,
        calendar.grain as grain,
        slices.dimension as dimension,
        slices.dimension_value as dimension_value,
        calendar.period_no as period_no,
        moves.entered as entered,
        moves.exited as exited
    from moves
    inner join int_subject_slice as slices
        on slices.subject_id = moves.subject_id
    inner join int_calendar as calendar
        on calendar.calendar_date = moves.moved_date

    union all

    -- A stage that nobody ever entered still has its zeros.
    select
        int_stage.model_id as model_id,
        int_stage.model_version as model_version,
        int_stage.stage_id as stage_id,
        grains.grain as grain,
        'all' as dimension,
        'all' as dimension_value,
        0 as period_no,
        0 as entered,
        0 as exited
    from int_stage
    cross join (
        select arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain
    ) as grains
),

flows as (
    select
        model_id,
        model_version,
        stage_id,
        grain,
        dimension,
        dimension_value,
        period_no,
        sum(entered) as entered_count,
        sum(exited) as exited_count
    from sliced_moves
    group by
        model_id, model_version, stage_id,
        grain, dimension, dimension_value, period_no
),

series as (
    select
        model_id,
        model_version,
        stage_id,
        grain,
        dimension,
        dimension_value,
        groupArrayInsertAt(0)(entered_count, period_no) as entered_counts,
        groupArrayInsertAt(0)(exited_count, period_no) as exited_counts
    from flows
    group by
        model_id, model_version, stage_id, grain, dimension, dimension_value
),


stocks as (
    select
        series.model_id as model_id,
        series.model_version as model_version,
        series.stage_id as stage_id,
        series.grain as grain,
        series.dimension as dimension,
        series.dimension_value as dimension_value,
        period.1 as period_start,
        period.3 as is_closed,
        entered_count,
        exited_count,
        stock
    from series
    inner join int_grain as grains on grains.grain = series.grain
    array join
        grains.periods as period,
        arrayResize(series.entered_counts, period_count) as entered_count,
        arrayResize(series.exited_counts, period_count) as exited_count,
        -- stock(b) = stock(a) + in - out, from the first period on.
        arrayCumSum(
            (entered, exited) -> entered - exited,
            arrayResize(series.entered_counts, period_count),
            arrayResize(series.exited_counts, period_count)
        ) as stock
)

select
    'stage_stock' as metric,
    toInt32(1) as metric_version,
    model_id,
    toInt32(model_version) as model_version,
    stage_id,
    period_start,
    grain,
    dimension,
    dimension_value,
    stock as numerator,
    null::Nullable(Int64) as denominator,
    stock::Nullable(Float64) as value,
    stock as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    is_closed::Bool as is_mature,
    stock - entered_count + exited_count as opening_count,
    entered_count,
    exited_count
from stocks
