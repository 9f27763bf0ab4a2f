-- Loyalty points by the day they were earned, redeemed or expired. Points are summed, so days add up to periods.
create table loyalty_cell
(
    base_no          UInt64                  comment 'Rebuild the row belongs to',
    refresh_no       UInt64                  comment 'Run that wrote the row',
    day              Date                    comment 'Day in the report time zone',
    dimension        LowCardinality(String)  comment 'all, channel, campaign, persona, country or source',
    dimension_value  String                  comment 'Value of the dimension',
    earned_points    Int64                   comment 'Points earned',
    redeemed_points  Int64                   comment 'Points redeemed',
    expired_points   Int64                   comment 'Points expired',
    event_count      Int64                   comment 'Times points were earned, redeemed or expired'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, dimension, day, dimension_value, refresh_no)
comment 'Loyalty points by day'
