-- Sums of int_customer_start: what customers did in each calendar month since they began or came back. Months are the
-- finest grain; quarters and years are sums of cohorts.
create table customer_start_cell
(
    base_no             UInt64                  comment 'Rebuild the row belongs to',
    refresh_no          UInt64                  comment 'Run that wrote the row',
    cohort_type         LowCardinality(String)  comment 'new or reactivated',
    cohort_start        Date                    comment 'First day of the month of the start',
    months_since        Int32                   comment 'Calendar months since that one',
    currency            LowCardinality(String)  comment 'Currency of the amount; empty in rows of activity',
    dimension           LowCardinality(String)  comment 'Slice',
    dimension_value     String                  comment 'Value of the slice',
    active_count        Int64                   comment 'Starts followed by activity in that month',
    net_revenue_minor   Int64                   comment 'Revenue minus refunds of the orders of that month, in minor units'
)
engine = SummingMergeTree
partition by base_no
order by (
    base_no, dimension, dimension_value, cohort_type, cohort_start,
    currency, months_since, refresh_no
)
comment 'Activity and revenue of new and reactivated customers by months since';
