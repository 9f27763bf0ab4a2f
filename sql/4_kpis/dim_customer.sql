-- purpose: All that is known of a subject on one line: who, from where, orders, money, its customer type and where it stands in the default lifecycle model
-- grain: one row per subject_id
-- reads: int_subject, int_order, lifecycle_stage, int_stage_visit, int_customer_type, report_setting
-- time: instants in UTC, the customer type at T; a late event or an identity merge changes the row
with
orders_by_currency as (
    select
        subject_id,
        currency,
        minIf(ordered_at, is_order) as first_order_at,
        maxIf(ordered_at, is_order) as last_order_at,
        countIf(is_order) as order_count,
        sum(refund_count) as refund_count,
        sum(revenue_minor) as revenue_minor,
        sum(refunded_minor) as refunded_minor
    from int_order
    group by subject_id, currency
),

orders as (
    -- Amounts of several currencies can't be added: they are given in the
    -- currency of most orders, and is_multi_currency says that there is more.
    select
        subject_id,
        minIf(
            orders_by_currency.first_order_at,
            orders_by_currency.order_count > 0
        ) as first_order_at,
        max(orders_by_currency.last_order_at) as last_order_at,
        sum(orders_by_currency.order_count) as order_count,
        sum(orders_by_currency.refund_count) as refund_count,
        argMax(
            (
                orders_by_currency.currency::String,
                orders_by_currency.revenue_minor,
                orders_by_currency.refunded_minor
            ),
            (orders_by_currency.order_count, orders_by_currency.currency)
        ) as main,
        -- A refund whose order is unknown is no order.
        countIf(orders_by_currency.order_count > 0) > 1 as is_multi_currency
    from orders_by_currency
    group by subject_id
),

stages as (
    select
        visit.subject_id as subject_id,
        argMaxIf(
            visit.stage_id,
            (visit.entered_at, visit.ordinal),
            visit.exited_at is null
        ) as current_stage,
        argMaxIf(
            visit.stage_id, visit.ordinal, stage.phase != 'lapsed'
        ) as furthest_stage,
        max(visit.lap) as lap
    from int_stage_visit as visit
    inner join lifecycle_stage as stage
        on stage.model_id = visit.model_id
        and stage.model_version = visit.model_version
        and stage.stage_id = visit.stage_id
    where stage.is_default_model
    group by subject_id
),

types as (
    select
        subject_id,
        customer_type
    from int_customer_type
    where effective_at <= assumeNotNull((
            select coalesce(as_of, now64(3)) from report_setting final
        ))
    group by subject_id, customer_type
    having sum(entered_count) > sum(exited_count)
)

-- Subjects without orders or visits get the zeros, '' and null given here.
select
    subject.subject_id as subject_id,
    subject.is_identified::Bool as is_identified,
    subject.first_seen_at as first_seen_at,
    subject.last_seen_at as last_seen_at,
    subject.country as country,
    subject.persona as persona,
    subject.account_id as account_id,
    subject.source as source,
    subject.channel as channel,
    subject.campaign as campaign,
    if(orders.order_count = 0, null, orders.first_order_at)
        as first_order_at,
    if(orders.order_count = 0, null, orders.last_order_at)
        as last_order_at,
    toInt64(orders.order_count) as order_count,
    toInt64(orders.refund_count) as refund_count,
    orders.main.2 as revenue_minor,
    orders.main.3 as refunded_minor,
    orders.main.2 - orders.main.3 as net_revenue_minor,
    orders.main.1 as currency,
    orders.is_multi_currency::Bool as is_multi_currency,
    toInt64(subject.touchpoint_count) as touchpoint_count,
    stages.current_stage as current_stage,
    stages.furthest_stage as furthest_stage,
    toInt32(stages.lap) as lap,
    types.customer_type::String as customer_type
from int_subject as subject
left join orders on orders.subject_id = subject.subject_id
left join stages on stages.subject_id = subject.subject_id
left join types on types.subject_id = subject.subject_id
