-- purpose: Recency, frequency and monetary value of each customer with an order in the last 365 days, scored among all of them, with its segment
-- grain: one row per subject_id
-- reads: int_rfm, int_rfm_bound, report_setting
-- time: recency in days of the report time zone, windows of 365 days of 24 hours up to T; late orders and refunds may change the scores of all
with
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    toDate(toTimeZone(as_of_instant, report_zone)) as today,
    assumeNotNull((
        select (recency_bounds, frequency_bounds, currencies, monetary_bounds)
        from int_rfm_bound
    )) as bounds,

-- What became true and is not over.
customers as (
    select
        subject_id,
        currency,
        last_order_date,
        order_count,
        net_revenue_minor
    from int_rfm
    where effective_at <= as_of_instant
    group by
        subject_id, currency, last_order_date, order_count, net_revenue_minor
    having sum(customer_count) > 0
)

select
    subject_id,
    toInt32(today - last_order_date) as recency_days,
    toInt64(customers.order_count) as order_count,
    net_revenue_minor,
    customers.currency::String as currency,
    lm_rfm_score(toInt64(last_order_date), bounds.1) as recency_score,
    lm_rfm_score(toInt64(customers.order_count), bounds.2) as frequency_score,
    lm_rfm_score(
        net_revenue_minor, bounds.4[indexOf(bounds.3, customers.currency)]
    ) as monetary_score,
    lm_rfm_segment(recency_score, frequency_score, monetary_score) as segment
from customers
