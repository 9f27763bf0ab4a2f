-- purpose: Every published metric with its version, the view that holds it, its unit, what may be summed, and its formula in words
-- grain: one row per metric
-- reads: none
-- time: none
select
    definition.1 as metric,
    toInt32(definition.2) as metric_version,
    definition.3 as view_name,
    definition.4 as unit,
    definition.5 as additivity,
    definition.6 as description
from (
    select arrayJoin([
        (
            'stage_entries', 1, 'kpi_stage_entries', 'subjects',
            'non-additive',
            'Distinct subjects who entered the stage in the period.'
        ),
        (
            'stage_stock', 1, 'kpi_stage_stock', 'subjects', 'semi-additive',
            'Subjects in the stage at the end of the period: stock at its start, plus visits begun, minus visits ended.'
        ),
        (
            'stage_conversion', 1, 'kpi_stage_conversion', 'ratio',
            'non-additive',
            'Subjects who reached the next stage or a later one within the window and in the same lap, divided by the subjects whose first visit to the stage began in the period and at least the window before T.'
        ),
        (
            'retention_cohort', 1, 'kpi_retention_cohort', 'ratio',
            'non-additive',
            'Customers of the cohort active in the k-th period after their first, divided by the size of the cohort; a cohort is the customers first active in the same period.'
        ),
        (
            'churn_rate', 1, 'kpi_churn', 'ratio', 'non-additive',
            'Customers active at the start of the period and not at its end, divided by those active at its start; active = did something in the window_days before.'
        ),
        (
            'retention_rate', 1, 'kpi_churn', 'ratio', 'non-additive',
            'Customers active at the start of the period and at its end, divided by those active at its start; 1 minus churn_rate.'
        ),
        (
            'gross_revenue', 1, 'kpi_revenue', 'minor units of currency',
            'additive',
            'Sum of the revenue of the orders placed in the period, before refunds.'
        ),
        (
            'refunds', 1, 'kpi_revenue', 'minor units of currency', 'additive',
            'Sum of what was paid back, whenever, of the orders placed in the period.'
        ),
        (
            'net_revenue', 1, 'kpi_revenue', 'minor units of currency',
            'additive',
            'Gross revenue minus refunds of the orders placed in the period.'
        ),
        (
            'orders', 1, 'kpi_revenue', 'orders', 'additive',
            'Number of orders placed in the period, refunded ones included.'
        ),
        (
            'average_order_value', 1, 'kpi_revenue',
            'minor units of currency', 'non-additive',
            'Gross revenue divided by the number of orders of the period.'
        ),
        (
            'campaign_cost', 1, 'kpi_campaign_cost',
            'minor units of currency', 'additive',
            'Sum of the reported costs of the days of the period.'
        ),
        (
            'rejected_share', 1, 'kpi_data_quality', 'ratio',
            'non-additive',
            'Events refused divided by all events sent; by reason, of all that was sent. What ClickHouse refused later is counted as accepted too.'
        ),
        (
            'duplicate_share', 1, 'kpi_data_quality', 'ratio',
            'non-additive',
            'Events whose id had been taken before, divided by all events sent.'
        ),
        (
            'bot_share', 1, 'kpi_data_quality', 'ratio',
            'non-additive',
            'Events sent by machines divided by all events accepted.'
        ),
        (
            'internal_share', 1, 'kpi_data_quality', 'ratio',
            'non-additive',
            'Events of the company''s own people divided by all events accepted.'
        ),
        (
            'test_share', 1, 'kpi_data_quality', 'ratio',
            'non-additive',
            'Test events divided by all events accepted.'
        ),
        (
            'late_share', 1, 'kpi_data_quality', 'ratio',
            'non-additive',
            'Events received more than 24 hours after they happened, divided by all events accepted.'
        ),
        (
            'undated_share', 1, 'kpi_data_quality', 'ratio',
            'non-additive',
            'Events that have the time of receipt because they had none, or an impossible one, divided by all events accepted.'
        ),
        (
            'missing_field_share', 1, 'kpi_data_quality', 'ratio',
            'non-additive',
            'Events without the field, divided by the events that should have it: user_id and country all, order_id orders and refunds, revenue orders.'
        ),
        (
            'ingest_lag_ms', 1, 'kpi_data_quality', 'milliseconds',
            'non-additive',
            'Milliseconds from receipt until the event was in ClickHouse, added up and divided by the number of events.'
        )
    ]) as definition
)
