-- purpose: Contributions to stage_duration_cell: each visit that ends, with the day it began and its length
-- grain: one row per subject_id, model_id, model_version, stage_id, visit_no
-- reads: subject_journey, subject_history, report_setting
-- time: days of the report time zone; a visit counts from its end, a scheduled lapse is effective when it comes
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone
select
    ended.subject_id as subject_id,
    ended.ended_at as effective_at,
    ended.model_id as model_id,
    ended.model_version as model_version,
    ended.stage_id as stage_id,
    ended.visit_no as visit_no,
    toDate(toTimeZone(ended.entered_at, report_zone)) as entered_date,
    toUInt32(toDate(toTimeZone(ended.ended_at, report_zone)) - entered_date)
        as duration_days,
    subject.channel::String as channel,
    subject.campaign::String as campaign,
    subject.persona::String as persona,
    subject.country::String as country,
    subject.source::String as source,
    toInt64(1) as completed_count
from (
    select
        model_id,
        model_version,
        subject_id,
        stage_id,
        visit_no,
        entered_at,
        assumeNotNull(exited_at) as ended_at
    from subject_journey final
    array join
        visits.stage_id as stage_id,
        visits.visit_no as visit_no,
        visits.entered_at as entered_at,
        visits.exited_at as exited_at
    where isNotNull(exited_at)
) as ended
inner join (
    select
        subject_id,
        channel,
        campaign,
        persona,
        country,
        source
    from subject_history final
) as subject on subject.subject_id = ended.subject_id
