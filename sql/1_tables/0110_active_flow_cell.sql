-- Sums of int_active_flow: who became active or inactive in a period, and who did something in it. Net counts compare the
-- start of the period with its end; start_count and stop_count count every time.
create table active_flow_cell
(
    base_no             UInt64                  comment 'Rebuild the row belongs to',
    refresh_no          UInt64                  comment 'Run that wrote the row',
    grain               LowCardinality(String)  comment 'day, week, month, quarter or year',
    period_start        Date                    comment 'First local day of the period',
    dimension           LowCardinality(String)  comment 'Slice',
    dimension_value     String                  comment 'Value of the slice',
    joined_count        Int64                   comment 'Not active at the start of the period, active at its end',
    left_count          Int64                   comment 'Active at the start of the period, not at its end',
    passing_count       Int64                   comment 'Active at neither, but in between',
    start_count         Int64                   comment 'Times somebody became active',
    stop_count          Int64                   comment 'Times somebody became inactive',
    interrupted_count   Int64                   comment 'Active at the start of the period and inactive later in it, even if only for a time',
    new_count           Int64                   comment 'Did something in the period for the first time ever',
    returning_count     Int64                   comment 'Did something in this period and in the one before',
    resurrected_count   Int64                   comment 'Did something in this period, not in the one before, but earlier'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, grain, dimension, dimension_value, period_start, refresh_no)
comment 'Customers who became active or inactive, by period';
