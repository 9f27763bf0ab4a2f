-- purpose: How many subjects stand in another stage than with the published version, at T
-- grain: one row
-- reads: subject_journey and a table like it
-- time: T is {as_of}
select countIf(before_stage != after_stage) as moved_count
from (
    select
        subject_id,
        arrayFilter(
            visit -> visit.2 <= {as_of:DateTime64(3, 'UTC')},
            arrayZip(visits.stage_id, visits.entered_at)
        )[-1].1 as after_stage
    from <<journeys>> final
    where model_id = {model_id:String}
        and model_version = {model_version:UInt32}
) as after
inner join (
    select
        subject_id,
        arrayFilter(
            visit -> visit.2 <= {as_of:DateTime64(3, 'UTC')},
            arrayZip(visits.stage_id, visits.entered_at)
        )[-1].1 as before_stage
    from subject_journey final
    where model_id = {model_id:String}
        and model_version = {published_version:UInt32}
) as before
    on before.subject_id = after.subject_id
