-- purpose: The values that part customers with an order in the last 365 days into scores of recency, frequency and monetary value
-- grain: one row per currency
-- reads: rfm_cell, int_live_run
-- time: as rfm_cell; every change of a customer may move the bounds of all
with
customers as (
    select
        currency,
        last_order_date,
        order_count,
        net_revenue_minor,
        customer_count
    from rfm_cell
    where dimension = 'all'
        and (base_no, refresh_no) in (
            select
                live.base_no,
                live.refresh_no
            from int_live_run as live
        )
),

recency as (
    select lm_quintile_bounds(
        groupArray(last_order_date), groupArray(customer_count)
    ) as bounds
    from (
        select
            last_order_date,
            sum(customer_count) as customer_count
        from customers
        group by last_order_date
        having customer_count > 0
        order by last_order_date
    )
),

frequency as (
    select lm_quintile_bounds(
        groupArray(order_count), groupArray(customer_count)
    ) as bounds
    from (
        select
            order_count,
            sum(customer_count) as customer_count
        from customers
        group by order_count
        having customer_count > 0
        order by order_count
    )
),

-- Amounts are compared within a currency only.
monetary as (
    select
        currency,
        lm_quintile_bounds(
            groupArray(net_revenue_minor), groupArray(customer_count)
        ) as bounds
    from (
        select
            currency,
            net_revenue_minor,
            sum(customer_count) as customer_count
        from customers
        group by currency, net_revenue_minor
        having customer_count > 0
        order by currency, net_revenue_minor
    )
    group by currency
)

select
    monetary.currency as currency,
    recency.bounds as recency_bounds,
    frequency.bounds as frequency_bounds,
    monetary.bounds as monetary_bounds
from monetary
cross join recency
cross join frequency
