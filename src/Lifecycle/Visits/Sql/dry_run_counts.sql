-- purpose: Where subjects stand in a model at T, and who entered each stage in the last closed month and was in it at its end
-- grain: one row per measure, stage_id
-- reads: subject_journey or a table like it, lifecycle_model
-- time: T is {as_of}, months are those of {time_zone}; a move at the very end of the month belongs to the next
with
    toDateTime64(
        toStartOfMonth(toDate({as_of:DateTime64(3, 'UTC')}, {time_zone:String})),
        3,
        {time_zone:String}
    ) as month_end,
    toDateTime64(
        toStartOfMonth(toDate(month_end, {time_zone:String})) - interval 1 month,
        3,
        {time_zone:String}
    ) as month_start,

lives as (
    select
        -- 1 ordinal, 2 stage, 3 entered at
        arrayFilter(
            visit -> visit.3 <= {as_of:DateTime64(3, 'UTC')},
            arrayZip(visits.ordinal, visits.stage_id, visits.entered_at)
        ) as begun,
        arrayFilter(visit -> visit.3 < month_end, begun) as before_end
    from <<journeys>> final
    where model_id = {model_id:String}
        and model_version = {model_version:UInt32}
)

select
    counted.1 as measure,
    counted.2 as stage_id,
    count() as subject_count
from (
    select arrayJoin(arrayDistinct(arrayConcat(
        [
            ('subjects', ''),
            ('current', toString(begun[-1].2)),
            ('furthest', toString(arraySort(begun)[-1].2))
        ],
        if(
            empty(before_end), [], [('stock', toString(before_end[-1].2))]
        ),
        arrayMap(
            visit -> ('entries', toString(visit.2)),
            arrayFilter(visit -> visit.3 >= month_start, before_end)
        )
    ))) as counted
    from lives
    where notEmpty(begun)
)
group by measure, stage_id
