-- purpose: Of those who first came to a stage in the latest month whose window is over, how many went on within it
-- grain: one row per transition_no
-- reads: subject_journey or a table like it
-- time: T is {as_of}, months are those of {time_zone}, windows are days of 24 hours; the same as kpi_stage_conversion
with
transitions as (
    select
        transition_no,
        from_ordinal,
        to_ordinal,
        window_days,
        toStartOfMonth(toDate(
            {as_of:DateTime64(3, 'UTC')} - toIntervalDay(window_days),
            {time_zone:String}
        )) as end_date,
        end_date - interval 1 month as start_date,
        toDateTime64(start_date, 3, {time_zone:String}) as start_at,
        toDateTime64(end_date, 3, {time_zone:String}) as end_at
    from (select 1)
    array join
        {from_ordinals:Array(UInt8)} as from_ordinal,
        {to_ordinals:Array(UInt8)} as to_ordinal,
        {windows:Array(UInt32)} as window_days,
        arrayEnumerate({windows:Array(UInt32)}) as transition_no
),

trials as (
    select
        visit.1 as ordinal,
        visit.2 as entered_at,
        -- What came at the same instant or later in the same lap.
        arrayFilter(
            step -> step.3 = visit.3 and step.2 >= visit.2, steps
        ) as steps_after
    from (
        -- 1 ordinal, 2 entered at, 3 lap, 4 visit no
        select arrayZip(
            visits.ordinal, visits.entered_at, visits.lap, visits.visit_no
        ) as steps
        from <<journeys>> final
        where model_id = {model_id:String}
            and model_version = {model_version:UInt32}
    )
    array join steps as visit
    where visit.4 = 1 and visit.1 != 0
)

select
    transitions.transition_no as transition_no,
    any(transitions.start_date) as month,
    countIf(
        trials.entered_at >= transitions.start_at
        and trials.entered_at < transitions.end_at
    ) as entered_count,
    countIf(
        trials.entered_at >= transitions.start_at
        and trials.entered_at < transitions.end_at
        and arrayExists(
            step -> step.1 >= transitions.to_ordinal
                and step.2 <= trials.entered_at
                    + toIntervalDay(transitions.window_days),
            trials.steps_after
        )
    ) as converted_count
from transitions
left join trials on trials.ordinal = transitions.from_ordinal
group by transition_no
settings join_use_nulls = 0
