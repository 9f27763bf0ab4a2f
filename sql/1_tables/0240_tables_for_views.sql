-- What nearly every view reads is kept in tables of just the rows that hold: ClickHouse analyses and plans a view anew at each
-- place that reads it, a table not (docs/decisions/0008). The refresh writes new rows into the table _next and exchanges the two.
create or replace table report_calendar
(
    grain          String   comment 'day, week, month, quarter or year',
    calendar_date  Date     comment 'Local day, from the first with anything to count to the day of T',
    period_start   Date     comment 'First day of the period the day belongs to',
    period_end     Date     comment 'First day of the next period',
    period_no      UInt32   comment 'Position of the period in its grain, from 0',
    is_closed      Bool     comment 'Whether the period was over at T',
    week_start     UInt8    comment 'Day weeks begin on, as in report_setting'
)
engine = MergeTree
order by (grain, calendar_date)
comment 'Local days and the periods they belong to'
as
select grain, calendar_date, period_start, period_end, period_no, is_closed, week_start
from report_calendar
where calendar_no = (select max(calendar_no) from report_calendar);

create table report_calendar_next as report_calendar;

create table report_grain
(
    grain         String                            comment 'day, week, month, quarter or year',
    periods       Array(Tuple(Date, Date, Bool))    comment 'First day of each period in order, that of the next, and whether the period was over at T',
    period_count  UInt64                            comment 'How many there are'
)
engine = MergeTree
order by grain
comment 'The periods of each grain in order, for rows also in periods in which nothing happened'
as
select grain, arraySort(groupUniqArray((period_start, period_end, is_closed))) as periods, length(periods) as period_count
from report_calendar
group by grain;

create table report_grain_next as report_grain;

create table lifecycle_stage
(
    model_id             String                  comment 'Id of the model file',
    model_version        UInt32                  comment 'Version of the model file',
    stage_id             String                  comment 'Id of the stage; lapsed is one of every model',
    ordinal              UInt8                   comment 'Position in the life, from 1; 0 for lapsed',
    phase                LowCardinality(String)  comment 'reach, consider, convert, onboard, grow, retain, advocate or lapsed',
    label_en             String                  comment 'Name of the stage in English',
    label_es             String                  comment 'Name of the stage in Spanish',
    label_it             String                  comment 'Name of the stage in Italian',
    label_pt             String                  comment 'Name of the stage in Portuguese',
    unit                 LowCardinality(String)  comment 'Whose life is followed: contact or account',
    lapse_after_days     UInt32                  comment 'Days without qualifying activity after which a subject in the stage has lapsed',
    convert_within_days  UInt32                  comment 'Window of the transition into the stage',
    is_after_lapse       Bool                    comment 'Only the event that ends a lapse leads into it',
    is_default_model     Bool                    comment 'true for the model that customer 360 and reports use unless told otherwise'
)
engine = MergeTree
order by (model_id, model_version, ordinal)
comment 'Stages of the published lifecycle models'
as
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
where is_published;

create table lifecycle_stage_next as lifecycle_stage;

create table lifecycle_transition
(
    model_id       String  comment 'Id of the model file',
    model_version  UInt32  comment 'Version of the model file',
    kind           String  comment 'step: to the next stage on the way; lifecycle: from the first to the last; end: out of a stage that none comes after',
    from_stage     String  comment 'Stage that is left',
    to_stage       String  comment 'Stage that is reached; lapsed at an end',
    to_ordinal     UInt8   comment 'Its position in the life; 255, which nobody reaches, at an end',
    window_days    UInt32  comment 'Days within which it has to be reached'
)
engine = MergeTree
order by (model_id, model_version, kind, from_stage)
comment 'The transitions of the published lifecycle models that conversion is measured on'
as
with
models as (
    -- 1 ordinal, 2 stage, 3 window into it, 4 lapse window, 5 only after a lapse
    select
        model_id,
        model_version,
        arraySort(groupArray((
            ordinal, stage_id, convert_within_days, lapse_after_days,
            is_after_lapse
        ))) as stages,
        -- A stage that only a return leads into is no step on the way.
        arrayFilter(stage -> not stage.5, stages) as way,
        arrayFilter(stage -> stage.1 < way[-1].1, stages) as inner_stages,
        arrayFilter(stage -> stage.1 >= way[-1].1, stages) as last_stages
    from lifecycle_stage
    where ordinal > 0
    group by model_id, model_version
)

select
    model_id,
    model_version,
    transition.1 as kind,
    transition.2 as from_stage,
    transition.3 as to_stage,
    -- Nobody reaches the end.
    toUInt8(transition.4) as to_ordinal,
    toUInt32(transition.5) as window_days
from models
array join
    arrayConcat(
        arrayMap(
            (origin, goal) -> ('step', origin.2, goal.2, goal.1, goal.3),
            inner_stages,
            arrayMap(
                origin -> arrayFirst(goal -> goal.1 > origin.1, way),
                inner_stages
            )
        ),
        [(
            'lifecycle', way[1].2, way[-1].2, way[-1].1,
            arraySum(goal -> goal.3, arrayPopFront(way))
        )],
        arrayMap(
            origin -> ('end', origin.2, 'lapsed', 255, origin.4),
            last_stages
        )
    ) as transition;

create table lifecycle_transition_next as lifecycle_transition;
