-- Support by day: cases and how long they took, requests for help that needed no case, and prospects with and without a
-- case. Everything has one day of its own, so days add up to periods.
create table support_cell
(
    base_no                     UInt64                  comment 'Rebuild the row belongs to',
    refresh_no                  UInt64                  comment 'Run that wrote the row',
    day                         Date                    comment 'Day in the report time zone',
    resolution_hours            UInt16                  comment 'Begun hours from opening to first resolution, for resolved cases; else 0',
    dimension                   LowCardinality(String)  comment 'all, channel, campaign, persona, country or source',
    dimension_value             String                  comment 'Value of the dimension',
    case_count                  Int64                   comment 'Cases opened on the day',
    resolved_count              Int64                   comment 'Cases first resolved on the day',
    resolution_seconds          Int64                   comment 'Seconds from opening to first resolution of these',
    contact_count               Int64                   comment 'Requests for help that began on the day',
    contact_exposed_count       Int64                   comment 'Of these, those 24 hours old',
    deflected_count             Int64                   comment 'Of these, those without a case within the 24 hours',
    assisted_count              Int64                   comment 'Prospects who opened their first case on the day',
    assisted_exposed_count      Int64                   comment 'Of these, those whose window is over',
    assisted_converted_count    Int64                   comment 'Of these, those who became customers within it',
    unassisted_count            Int64                   comment 'Prospects first seen on the day, without a case in the window so far',
    unassisted_exposed_count    Int64                   comment 'Of these, those whose window is over',
    unassisted_converted_count  Int64                   comment 'Of these, those who became customers within it'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, dimension, day, resolution_hours, dimension_value, refresh_no)
comment 'Support cases, deflection and assisted prospects by day'
