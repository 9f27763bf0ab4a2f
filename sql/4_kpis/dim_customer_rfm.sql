-- purpose: Recency, frequency and monetary value of each customer with an order in the last 365 days, scored among all of them, with its segment
-- grain: one row per subject_id
-- reads: int_rfm, int_rfm_bound, report_setting
-- time: recency in days of the report time zone, windows of 365 days of 24 hours up to T; late orders and refunds may change the scores of all
with
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,
    assumeNotNull((
        select toDate(toTimeZone(coalesce(as_of, now64(3)), time_zone))
        from report_setting final
    )) as today,

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
    customer.subject_id as subject_id,
    toInt32(today - customer.last_order_date) as recency_days,
    toInt64(customer.order_count) as order_count,
    customer.net_revenue_minor as net_revenue_minor,
    customer.currency as currency,
    lm_rfm_score(customer.last_order_date, bound.recency_bounds)
        as recency_score,
    lm_rfm_score(customer.order_count, bound.frequency_bounds)
        as frequency_score,
    lm_rfm_score(customer.net_revenue_minor, bound.monetary_bounds)
        as monetary_score,
    lm_rfm_segment(recency_score, frequency_score, monetary_score) as segment
from customers as customer
inner join int_rfm_bound as bound on bound.currency = customer.currency
