-- Sums of int_customer_type: moves between types by day. Stocks are running totals of moves, so the day is the only grain
-- kept.
create table customer_type_cell
(
    base_no           UInt64                  comment 'Rebuild the row belongs to',
    refresh_no        UInt64                  comment 'Run that wrote the row',
    customer_type     LowCardinality(String)  comment 'registered, first-time, repeat, frequent, reactivated or lapsed',
    moved_date        Date                    comment 'Local day of the move',
    dimension         LowCardinality(String)  comment 'Slice',
    dimension_value   String                  comment 'Value of the slice',
    entered_count     Int64                   comment 'Moves into the type',
    exited_count      Int64                   comment 'Moves out of the type'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, dimension, moved_date, customer_type, dimension_value, refresh_no)
comment 'Moves of customers between customer types';
