-- purpose: How the customers (identified subjects) active in a period differ from those of the period before: new, returning, resurrected and dormant, and the quick ratio of gains to losses
-- grain: one row per metric, flow, grain, period_start, dimension, dimension_value
-- reads: int_activity_period
-- time: days of the report time zone; who is dormant is not known before the period is over; a late event may make somebody new earlier
select
    part.1 as metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    part.2 as flow,
    period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    part.3 as numerator,
    -- A quick ratio divides by those lost, flows are counts.
    if(part.1 = 'quick_ratio', dormant_count::Nullable(Int64), null)
        as denominator,
    multiIf(
        part.1 = 'quick_ratio' and is_closed,
        numerator / nullIf(denominator, 0),
        part.1 = 'quick_ratio' or (part.2 = 'dormant' and not is_closed),
        null,
        numerator::Float64
    ) as value,
    numerator as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    is_closed::Bool as is_mature
from int_activity_period
array join [
    ('lifecycle_flow', 'new', new_count),
    ('lifecycle_flow', 'returning', returning_count),
    ('lifecycle_flow', 'resurrected', resurrected_count),
    ('lifecycle_flow', 'dormant', dormant_count),
    ('lifecycle_flow', 'active', active_count),
    ('quick_ratio', '', new_count + resurrected_count)
] as part
