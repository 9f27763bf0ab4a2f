-- purpose: Planned always-on activities, in each published version of their model that has the stage
-- grain: one row per activity_id, model_version
-- reads: lifecycle_activity, lifecycle_stage
-- time: no time zone; does not depend on events
select
    activity.activity_id as activity_id,
    activity.label as label,
    activity.model_id as model_id,
    stage.model_version as model_version,
    activity.stage_id as stage_id,
    stage.ordinal as ordinal,
    stage.phase as phase,
    activity.channel as channel,
    activity.campaign as campaign,
    activity.cadence_days as cadence_days,
    activity.owner as owner
from lifecycle_activity as activity final
inner join lifecycle_stage as stage
    on stage.model_id = activity.model_id
    and stage.stage_id = activity.stage_id
where activity.is_published
