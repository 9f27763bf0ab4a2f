-- purpose: Every published metric with its version, the view that holds it, its unit, what may be summed, its formula in words and an example
-- grain: one row per metric
-- reads: metric_definition
-- time: none
select
    metric,
    metric_version,
    view_name,
    unit,
    additivity::String as additivity,
    description,
    example
from metric_definition
where made_at = (
    select max(made_at)
    from metric_definition
)
