-- purpose: The transitions conversion is measured on: from each stage to the next one (step), from the first to the last (lifecycle), and out of a stage that none comes after (end)
-- grain: one row per model_id, model_version, kind, from_stage
-- reads: int_stage
-- time: no time zone; does not depend on events
with
models as (
    -- 1 ordinal, 2 stage, 3 window into it, 4 lapse window
    select
        model_id,
        model_version,
        arraySort(groupArray((
            ordinal, stage_id, convert_within_days, lapse_after_days
        ))) as stages
    from int_stage
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
            arrayPopBack(stages),
            arrayPopFront(stages)
        ),
        [
            (
                'lifecycle', stages[1].2, stages[-1].2, stages[-1].1,
                arraySum(stage -> stage.3, arrayPopFront(stages))
            ),
            ('end', stages[-1].2, 'lapsed', 255, stages[-1].4)
        ]
    ) as transition
