-- Sums of int_retention_cohort. Who was active in any period from k on is kept as a difference: latest_count is 1 where a
-- customer was last active and moves along with it, so a sum from the end gives it without a row per period.
create table retention_cohort_cell
(
    base_no             UInt64                  comment 'Rebuild the row belongs to',
    refresh_no          UInt64                  comment 'Run that wrote the row',
    grain               LowCardinality(String)  comment 'day, week, month, quarter or year',
    cohort_start        Date                    comment 'First local day of the period of the cohort',
    period_index        Int32                   comment 'Periods since that of the cohort',
    dimension           LowCardinality(String)  comment 'Slice',
    dimension_value     String                  comment 'Value of the slice',
    first_time_count    Int64                   comment 'First active in the period of the cohort, and active in this one',
    latest_count        Int64                   comment 'First active in the period of the cohort, and last in this one',
    recurring_count     Int64                   comment 'Active in the period of the cohort and in this one'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, grain, dimension, dimension_value, cohort_start, period_index, refresh_no)
comment 'Customers of each cohort by periods since';
