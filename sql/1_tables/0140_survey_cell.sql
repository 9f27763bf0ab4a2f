-- Answers to surveys and what became of surveys sent, by period. An answer counts in a period until the same subject
-- answers the same survey again in it, so the cells of a period can't be had from those of its days.
create table survey_cell
(
    base_no           UInt64                  comment 'Rebuild the row belongs to',
    refresh_no        UInt64                  comment 'Run that wrote the row',
    survey            LowCardinality(String)  comment 'Survey as the sender named it',
    grain             LowCardinality(String)  comment 'day, week, month, quarter or year',
    period_start      Date                    comment 'First day of the period',
    dimension         LowCardinality(String)  comment 'all, channel, campaign, persona, country or source',
    dimension_value   String                  comment 'Value of the dimension',
    nps_count         Int64                   comment 'Subjects whose latest answer in the period is on the scale 0 to 10',
    promoter_count    Int64                   comment 'Of these, 9 or 10',
    detractor_count   Int64                   comment 'Of these, 0 to 6',
    csat_count        Int64                   comment 'Subjects whose latest answer in the period is on the scale 1 to 5',
    satisfied_count   Int64                   comment 'Of these, 4 or 5',
    sent_count        Int64                   comment 'Surveys sent in the period',
    exposed_count     Int64                   comment 'Of these, those whose time to answer is over',
    response_count    Int64                   comment 'Of these, those answered in time'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, grain, dimension, period_start, survey, dimension_value, refresh_no)
comment 'Survey answers and response by period'
