-- The lifecycle models in use, one row per model version with its stages, written when models are loaded.
create table lifecycle_model
(
    model_id          String                 comment 'Id of the model file',
    model_version     UInt32                 comment 'Version of the model file',
    unit              LowCardinality(String) comment 'Whose life is followed: contact or account',
    label_en          String                 comment 'Name of the model in English',
    label_es          String                 comment 'Name of the model in Spanish',
    label_it          String                 comment 'Name of the model in Italian',
    label_pt          String                 comment 'Name of the model in Portuguese',
    stages Nested
    (
        stage_id      String,
        ordinal       UInt8,
        phase         LowCardinality(String),
        label_en      String,
        label_es      String,
        label_it      String,
        label_pt      String,
        lapse_after_days    UInt32,
        convert_within_days UInt32
    ),
    is_default_model  Bool                   comment 'true for the model that customer 360 and reports use unless told otherwise',
    is_published      Bool                   comment 'false = no longer among the model files; its history stays in subject_journey',
    definition        String                 comment 'The model file as loaded',
    definition_hash   String                 comment 'Changes when visits have to be worked out anew',
    changed_at        DateTime64(6, 'UTC') default now64(6) comment 'When the row was written'
)
engine = ReplacingMergeTree(changed_at)
order by (model_id, model_version)
comment 'Lifecycle models with their stages';
