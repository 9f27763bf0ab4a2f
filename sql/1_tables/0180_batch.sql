-- What a refresh works on: the subjects of one batch, in memory, emptied with the next. Each row's subject_id ends in + for
-- the subject as it is, or in - for the subject as it was before the run. The refresh makes a table like these for each
-- table of rows by subject, and one for each family of KPIs.
create table batch_event
(
    subject_id     String                   comment 'Resolved subject and + for as it is',
    event_id       String                   comment 'As in stg_event',
    type           LowCardinality(String)   comment 'As in stg_event',
    event          LowCardinality(String)   comment 'As in stg_event',
    occurred_at    DateTime64(3, 'UTC')     comment 'As in stg_event',
    account_id     String                   comment 'As in stg_event',
    source         LowCardinality(String)   comment 'As in stg_event',
    channel        LowCardinality(String)   comment 'As in stg_event',
    campaign       LowCardinality(String)   comment 'As in stg_event',
    country        LowCardinality(String)   comment 'As in stg_event',
    order_id       String                   comment 'As in stg_event',
    revenue_minor  Nullable(Int64)          comment 'As in stg_event',
    currency       LowCardinality(String)   comment 'As in stg_event',
    score          Nullable(Float64)        comment 'As in stg_event',
    properties     String                   comment 'As in stg_event',
    traits         String                   comment 'As in stg_event',
    is_passive     Bool                     comment 'As in stg_event'
)
engine = Memory
comment 'Events of the subjects of a batch';

create table batch_key
(
    subject_key  String  comment 'Key of events of a subject the run has to look at'
)
engine = Memory
comment 'Keys a run begins with';

create table batch_stg_identity
(
    alias_key   String  comment 'As in stg_identity',
    subject_id  String  comment 'As in stg_identity'
)
engine = Memory
comment 'Whom the reports of the orders of a batch belong to';

create table batch_change
(
    subject_id  String  comment 'Resolved subject and + or -',
    changed     UInt32  comment 'What differs between before and after the run, a bit for each facet; all bits if everything counts as changed'
)
engine = Memory
comment 'What of the subjects of a batch has changed';

create table batch_journey_change
(
    subject_id     String  comment 'Resolved subject and + or -',
    model_id       String  comment 'As in subject_journey',
    model_version  UInt32  comment 'As in subject_journey'
)
engine = Memory
comment 'In which models the visits of the subjects of a batch have changed';

create table batch_due
(
    subject_id  String                comment 'Resolved subject and + for as it is',
    due_at      DateTime64(3, 'UTC')  comment 'First instant after T at which a contribution of one family becomes effective'
)
engine = Memory
comment 'When the numbers of the subjects of a batch change next, by family';
