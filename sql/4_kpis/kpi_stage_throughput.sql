-- purpose: How often subjects moved from one stage straight into another in a period, for each subject that was in the first at its start
-- grain: one row per metric, model_id, model_version, from_stage, to_stage, grain, period_start, dimension, dimension_value
-- reads: int_stage_move_series, int_stage_flow_series
-- time: days of the report time zone; a late event changes the move's period and the stock of all later ones
with
flows as (
    select
        moves.model_id as model_id,
        moves.model_version as model_version,
        moves.from_stage as from_stage,
        moves.to_stage as to_stage,
        moves.direction as direction,
        moves.grain as grain,
        moves.dimension as dimension,
        moves.dimension_value as dimension_value,
        moves.periods as periods,
        moves.move_counts as move_counts,
        -- Stock at the start of each period, see kpi_stage_stock.
        arrayPushFront(
            arrayPopBack(arrayCumSum(
                (entered, exited) -> entered - exited,
                stocks.entered_counts,
                stocks.exited_counts
            )),
            0
        ) as opening_counts
    from int_stage_move_series as moves
    inner join int_stage_flow_series as stocks
        on stocks.model_id = moves.model_id
        and stocks.model_version = moves.model_version
        and stocks.stage_id = moves.from_stage
        and stocks.grain = moves.grain
        and stocks.dimension = moves.dimension
        and stocks.dimension_value = moves.dimension_value
)

select
    'stage_throughput' as metric,
    toInt32(1) as metric_version,
    model_id::String as model_id,
    toInt32(model_version) as model_version,
    to_stage::String as stage_id,
    from_stage::String as from_stage,
    to_stage::String as to_stage,
    direction::String as direction,
    period.1 as period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    move_count as numerator,
    opening_count::Nullable(Int64) as denominator,
    -- Nobody there at the start, no rate.
    move_count / nullIf(opening_count, 0) as value,
    opening_count as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    period.3::Bool as is_mature
from flows
array join
    periods as period,
    move_counts as move_count,
    opening_counts as opening_count
