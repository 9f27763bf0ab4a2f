-- Sums of int_repeat. A customer has one k-th order, so days add up to any period; the day is the only grain kept.
create table repeat_cell
(
    base_no           UInt64                  comment 'Rebuild the row belongs to',
    refresh_no        UInt64                  comment 'Run that wrote the row',
    variant           LowCardinality(String)  comment 'orders, or by_day: purchases of one day counted once',
    step              UInt8                   comment 'The order counted from, k = 1 to 10',
    order_date        Date                    comment 'Local day of order k',
    dimension         LowCardinality(String)  comment 'Slice',
    dimension_value   String                  comment 'Value of the slice',
    exposed_count     Int64                   comment 'Customers whose order k is at least 180 days old',
    repeated_count    Int64                   comment 'Those of them with order k + 1 within 180 days',
    maturing_count    Int64                   comment 'Customers whose order k is younger than that'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, dimension, variant, step, order_date, dimension_value, refresh_no)
comment 'Repeat purchases by day of the earlier order';
