-- purpose: The transitions conversion is measured on: from each stage to the next one on the way (step), from the first to the last (lifecycle), and out of a stage that none comes after (end)
-- grain: one row per model_id, model_version, kind, from_stage
-- reads: lifecycle_stage_next
-- time: no time zone; does not depend on events
with
models as (
    -- 1 ordinal, 2 stage, 3 window into it, 4 lapse window, 5 only after a lapse
    select
        model_id,
        model_version,
        arraySort(groupArray((
            ordinal, stage_id, convert_within_days, lapse_after_days,
            is_after_lapse
        ))) as stages,
        -- A stage that only a return leads into is no step on the way.
        arrayFilter(stage -> not stage.5, stages) as way,
        arrayFilter(stage -> stage.1 < way[-1].1, stages) as inner_stages,
        arrayFilter(stage -> stage.1 >= way[-1].1, stages) as last_stages
    from lifecycle_stage_next
    where ordinal > 0
    group by model_id, model_version
)

select
    model_id,
    model_version,
    transition.1 as kind,
    transition.2 as from_stage,
    transition.3 as to_stage,
    -- Nobody reaches the end.
    toUInt8(transition.4) as to_ordinal,
    toUInt32(transition.5) as window_days
from models
array join
    arrayConcat(
        arrayMap(
            (origin, goal) -> ('step', origin.2, goal.2, goal.1, goal.3),
            inner_stages,
            arrayMap(
                origin -> arrayFirst(goal -> goal.1 > origin.1, way),
                inner_stages
            )
        ),
        [(
            'lifecycle', way[1].2, way[-1].2, way[-1].1,
            arraySum(goal -> goal.3, arrayPopFront(way))
        )],
        arrayMap(
            origin -> ('end', origin.2, 'lapsed', 255, origin.4),
            last_stages
        )
    ) as transition
