-- One new event for each of some customers: they look at a product, and one in ten orders.
insert into touchpoint
(
    event_id, type, event, subject_key, user_id, occurred_at, received_at, time_basis, source, channel, country, order_id,
    revenue_minor, currency, cost_minor, properties, key_id, batch_id, batch_seq
)
select
    concat('touch-<<run>>-', toString(rowNumberInAllBlocks() as row)),
    'track',
    if(row % 10 = 0, 'Order Completed', 'Product Viewed') as event,
    subject_id,
    substring(subject_id, 3),
    now64(3),
    now64(3),
    'explicit',
    'bench',
    'direct',
    country,
    if(event = 'Order Completed', concat('touch-<<run>>-', toString(row)), ''),
    if(event = 'Order Completed', 4200, null),
    if(event = 'Order Completed', 'USD', ''),
    if(event = 'Order Completed', 2300, null),
    '{"channel":"direct"}',
    'bench',
    cityHash64('<<run>>'),
    row
from
(
    select
        subject_id,
        country
    from subject_history final
    where startsWith(subject_id, 'u:')
    order by cityHash64(subject_id, '<<run>>')
    limit <<count>>
)
