-- purpose: The stages of every lifecycle model, in order, with the canonical phase that makes models comparable
-- grain: one row per model_id, model_version, stage_id
-- reads: lifecycle_stage
-- time: none
select
    model_id,
    toInt32(model_version) as model_version,
    stage_id,
    toInt32(ordinal) as ordinal,
    phase,
    label_en,
    label_es,
    label_it,
    label_pt,
    unit,
    is_default_model::Bool as is_default_model
from lifecycle_stage
