-- purpose: Metrics that are watched in the stages of the published models, with the value to reach in a period of the grain
-- grain: one row per model_id, model_version, stage_id, metric
-- reads: lifecycle_target, lifecycle_model
-- time: no time zone; does not depend on events
select
    model_id,
    model_version,
    stage_id,
    metric,
    grain,
    target,
    owner
from lifecycle_target final
where is_published
    and (model_id, model_version) in (
        select
            published.model_id,
            published.model_version
        from lifecycle_model as published final
        where published.is_published
    )
