-- The always-on activities that are planned for each stage, as lifecycles/activities.yaml lists them, written when
-- models are loaded. An activity that is no longer in the file stays with is_published = false.
create table lifecycle_activity
(
    activity_id    String                  comment 'Id of the activity',
    label          String                  comment 'Name of the activity',
    model_id       LowCardinality(String)  comment 'Lifecycle model',
    stage_id       LowCardinality(String)  comment 'Stage whose subjects are to be touched',
    channel        LowCardinality(String)  comment 'Channel of the touch, as in touchpoint',
    campaign       LowCardinality(String)  comment 'Campaign of the touch, empty = any of the channel',
    cadence_days   UInt32                  comment 'Each subject in the stage is to be touched every so many days',
    owner          String                  comment 'Who answers for it',
    is_published   Bool                    comment 'false = no longer in the file',
    changed_at     DateTime64(6, 'UTC') default now64(6) comment 'When the row was written'
)
engine = ReplacingMergeTree(changed_at)
order by activity_id
comment 'Planned always-on activities by stage';
