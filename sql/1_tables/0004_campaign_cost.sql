-- What a campaign cost on a day. Sending the same (source, campaign, channel, day) again replaces the amount.
create table campaign_cost
(
    cost_date    Date                    comment 'Day the cost belongs to, in the report time zone',
    source       LowCardinality(String)  comment 'Who reported it',
    channel      LowCardinality(String)  comment 'Channel the money went to',
    campaign     LowCardinality(String)  comment 'Campaign name, as in touchpoint.campaign',
    cost_minor   Int64                   comment 'Cost in minor units of currency',
    currency     LowCardinality(String)  comment 'ISO 4217 code',
    received_at  DateTime64(3, 'UTC')    comment 'When this server accepted it'
)
engine = ReplacingMergeTree(received_at)
order by (source, channel, campaign, currency, cost_date)
comment 'Campaign costs by day';
