-- Sums of int_lap by the day the lap began: laps, and the net revenue of the orders placed in them, by the age the lap had.
create table lap_cell
(
    base_no            UInt64                  comment 'Rebuild the row belongs to',
    refresh_no         UInt64                  comment 'Run that wrote the row',
    model_id           LowCardinality(String)  comment 'Lifecycle model',
    model_version      UInt32                  comment 'Version of the model',
    lap                UInt32                  comment 'Lap of the subject: 1, 2, or 3 for the third and later ones',
    age_days           UInt32                  comment 'Age of the lap at the order: under 90, 180 or 365 days; 0 for the lap itself',
    currency           LowCardinality(String)  comment 'ISO 4217 code of the order, empty for the lap itself',
    started_date       Date                    comment 'Local day on which the lap began',
    dimension          LowCardinality(String)  comment 'Slice',
    dimension_value    String                  comment 'Value of the slice',
    lap_count          Int64                   comment 'Laps begun',
    net_revenue_minor  Int64                   comment 'Revenue minus refunds in minor units of the currency'
)
engine = SummingMergeTree
partition by base_no
order by (
    base_no, model_id, model_version, dimension, lap, age_days, currency,
    started_date, dimension_value, refresh_no
)
comment 'Laps with their net revenue, by the day they began';
