-- The calendar of the reports, written by the refresh when its first or last day changes, so that a view that reads it does
-- not work it out first. Each writing is a partition of its own; readers see the latest.
create table report_calendar
(
    calendar_no    UInt64                  comment 'Number of the writing',
    grain          LowCardinality(String)  comment 'day, week, month, quarter or year',
    calendar_date  Date                    comment 'Local day, from the first with anything to count to the day of T',
    period_start   Date                    comment 'First day of the period the day belongs to',
    period_end     Date                    comment 'First day of the next period',
    period_no      UInt32                  comment 'Position of the period in its grain, from 0',
    is_closed      Bool                    comment 'Whether the period was over at T',
    week_start     UInt8                   comment 'Day weeks begin on, as in report_setting'
)
engine = MergeTree
partition by calendar_no
order by (grain, calendar_date)
comment 'Local days and the periods they belong to';
