-- Advocates among the active customers of a period, invitations, and what became of those who were invited. Who is active
-- on two days is one customer of the week, so each grain has cells of its own.
create table advocacy_cell
(
    base_no                   UInt64                  comment 'Rebuild the row belongs to',
    refresh_no                UInt64                  comment 'Run that wrote the row',
    grain                     LowCardinality(String)  comment 'day, week, month, quarter or year',
    period_start              Date                    comment 'First day of the period',
    dimension                 LowCardinality(String)  comment 'all, channel, campaign, persona, country or source',
    dimension_value           String                  comment 'Value of the dimension',
    active_count              Int64                   comment 'Customers active in the period',
    advocate_count            Int64                   comment 'Of these, those who were advocates in it',
    invitation_count          Int64                   comment 'Invitations sent in the period',
    referred_count            Int64                   comment 'Subjects who took up an invitation in the period before being customers',
    referred_exposed_count    Int64                   comment 'Of these, those whose window is over',
    referred_converted_count  Int64                   comment 'Of these, those who became customers within it'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, grain, dimension, period_start, dimension_value, refresh_no)
comment 'Advocates, invitations and referred subjects by period'
