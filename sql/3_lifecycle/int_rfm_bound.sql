-- purpose: The values that part customers with an order in the last 365 days into scores of recency, frequency and monetary value
-- grain: one row per currencies
-- reads: rfm_cell, int_live_run
-- time: as rfm_cell; every change of a customer may move the bounds of all
with
-- Read once: rows by date, by number of orders, and by currency and amount.
distributions as (
    select
        currency,
        last_order_date,
        order_count,
        net_revenue_minor,
        grouping(last_order_date) = 0 as is_recency,
        grouping(order_count) = 0 as is_frequency,
        sum(customer_count) as customer_count
    from rfm_cell
    where dimension = 'all'
        and (base_no, refresh_no) in (
            select
                base_no,
                refresh_no
            from int_live_run
        )
    group by grouping sets (
        (last_order_date),
        (order_count),
        (currency, net_revenue_minor)
    )
    having customer_count > 0
),

-- Amounts are compared within a currency only.
measures as (
    select
        if(is_recency, 'recency', if(is_frequency, 'frequency', 'monetary'))
            as measure,
        currency,
        arraySort(groupArray((
            multiIf(
                is_recency, toInt64(last_order_date),
                is_frequency, toInt64(order_count),
                net_revenue_minor
            ),
            customer_count
        ))) as list,
        lm_quintile_bounds(
            arrayMap(l -> l.1, list), arrayMap(l -> l.2, list)
        ) as bounds
    from distributions
    group by measure, currency
)

-- The i-th amount is that of the i-th currency; one more, so that the list is
-- never empty.
select
    anyIf(bounds, measure = 'recency') as recency_bounds,
    anyIf(bounds, measure = 'frequency') as frequency_bounds,
    arrayPushBack(
        groupArrayIf(currency::String, measure = 'monetary'), ''
    ) as currencies,
    arrayPushBack(
        groupArrayIf(bounds, measure = 'monetary'),
        (0, 0, 0, 0)
    ) as monetary_bounds
from measures
