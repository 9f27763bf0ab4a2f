-- Sums of int_silence. An open silence is kept by the day it began, so that its length can be told at any T; one that
-- ended is kept for each candidate window it had reached.
create table silence_cell
(
    base_no             UInt64                  comment 'Rebuild the row belongs to',
    refresh_no          UInt64                  comment 'Run that wrote the row',
    window_days         Int32                   comment 'Candidate window; 0 in rows of open silences',
    last_active_date    Date                    comment 'Local day of the last activity before the silence',
    dimension           LowCardinality(String)  comment 'Slice',
    dimension_value     String                  comment 'Value of the slice',
    open_count          Int64                   comment 'Silences that have not ended',
    returned_count      Int64                   comment 'Silences longer than the window that ended with a return'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, dimension, dimension_value, window_days, last_active_date, refresh_no)
comment 'Silences of customers, by the day they began';
