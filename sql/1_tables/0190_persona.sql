-- The personas of lifecycles/personas.yaml, written when models are loaded. One that is no longer in the file stays with
-- is_published = false.
create table persona
(
    persona          String               comment 'Id of the persona, as subjects have it',
    rank             UInt8                comment 'Position in the file; where several hold, the lowest counts',
    label_en         String               comment 'Name in English',
    label_es         String               comment 'Name in Spanish',
    label_it         String               comment 'Name in Italian',
    label_pt         String               comment 'Name in Portuguese',
    has_rules        Bool                 comment 'Whether events make somebody one; else it is only assigned',
    holds_days       Nullable(UInt32)     comment 'How long it holds from the latest such event on; null = without end',
    definition_hash  String               comment 'Hash of the rules of all personas of the file',
    is_published     Bool                 comment 'false = no longer in the file',
    changed_at       DateTime64(6, 'UTC') default now64(6) comment 'When the row was written'
)
engine = ReplacingMergeTree(changed_at)
order by persona
comment 'Buyer personas by rule';

-- Which persona a subject was when. At any instant it is one or none: what was declared counts before what rules say, and of
-- the rules the first that holds. Depends on events alone; ends that are scheduled lie maybe in the future.
create table subject_persona
(
    subject_id  String  comment 'Resolved subject',
    memberships Nested
    (
        persona         LowCardinality(String),
        origin          LowCardinality(String),
        valid_from      DateTime64(3, 'UTC'),
        valid_until     Nullable(DateTime64(3, 'UTC')),
        cause_event_id  String
    ),
    version     UInt64           comment 'Number of the refresh that wrote the row',
    is_deleted  UInt8 default 0  comment '1 = the subject has none any more'
)
engine = ReplacingMergeTree(version, is_deleted)
order by subject_id
comment 'Personas of a subject in time order, written by the refresh';
