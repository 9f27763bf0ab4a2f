-- purpose: Stages of the published lifecycle models, with the implicit stage lapsed (ordinal 0) of each
-- grain: one row per model_id, model_version, stage_id
-- reads: lifecycle_model
-- time: no time zone; does not depend on events
select
    model_id,
    model_version,
    stage_id,
    ordinal,
    phase,
    stage_label_en as label_en,
    stage_label_es as label_es,
    stage_label_it as label_it,
    stage_label_pt as label_pt,
    unit,
    lapse_after_days,
    convert_within_days,
    is_after_lapse,
    is_default_model
from lifecycle_model final
array join
    stages.stage_id as stage_id,
    stages.ordinal as ordinal,
    stages.phase as phase,
    stages.label_en as stage_label_en,
    stages.label_es as stage_label_es,
    stages.label_it as stage_label_it,
    stages.label_pt as stage_label_pt,
    stages.lapse_after_days as lapse_after_days,
    stages.convert_within_days as convert_within_days,
    stages.is_after_lapse as is_after_lapse
where is_published
