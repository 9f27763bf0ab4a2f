-- What became of the messages sent on a day. Each message is counted on the day it was sent, so days add up to periods.
create table email_cell
(
    base_no             UInt64                  comment 'Rebuild the row belongs to',
    refresh_no          UInt64                  comment 'Run that wrote the row',
    day                 Date                    comment 'Day of sending in the report time zone',
    phase               LowCardinality(String)  comment 'Phase of the subject at sending, in the default model; empty if it was in no stage yet',
    dimension           LowCardinality(String)  comment 'all, channel, campaign, persona, country or source',
    dimension_value     String                  comment 'Value of the dimension',
    sent_count          Int64                   comment 'Messages sent',
    delivered_count     Int64                   comment 'Of these, those delivered',
    bounced_count       Int64                   comment 'Of these, those that bounced',
    opened_count        Int64                   comment 'Of these, those opened by a person',
    clicked_count       Int64                   comment 'Of these, those with a link clicked',
    converted_count     Int64                   comment 'Of these, those clicked and followed by an order',
    unsubscribed_count  Int64                   comment 'Of these, those unsubscribed from',
    complained_count    Int64                   comment 'Of these, those reported as spam'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, dimension, day, phase, dimension_value, refresh_no)
comment 'E-mail messages by day of sending'
