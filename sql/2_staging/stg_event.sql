-- purpose: Touchpoints de-duplicated by event id, with channel and the flags every later step relies on, before identities are resolved
-- grain: one row per subject_key, event_id
-- reads: touchpoint
-- time: instants in UTC; a late event appears as soon as it is stored
with
    lower(cast(campaign_medium as String)) as medium,
    lower(cast(campaign_source as String)) as origin,
    lower(domainWithoutWWW(referrer)) as referring_domain,
    match(
        origin,
        'facebook|instagram|meta|tiktok|linkedin|pinterest|snapchat|twitter|youtube'
    ) as is_social_origin
select
    event_id,
    type,
    -- What a machine opens or clicks in has been delivered, no more: nobody was
    -- active, came to a stage or was led to an order by it.
    cast(
        if(is_machine, 'Email Delivered', event) as LowCardinality(String)
    ) as event,
    subject_key,
    user_id,
    anonymous_id,
    account_id,
    occurred_at,
    received_at,
    time_basis,
    source,
    -- The one place where a channel is derived: as named by the sender, else
    -- from the campaign, else from the kind of event, else from the referrer.
    multiIf(
        channel != '', cast(channel as String),
        medium in ('cpc', 'ppc', 'paid', 'paidsearch', 'paid_search', 'sem'),
        if(is_social_origin, 'paid_social', 'paid_search'),
        medium in ('paidsocial', 'paid_social', 'paid-social', 'social_paid'),
        'paid_social',
        medium in ('email', 'e-mail', 'newsletter'), 'email',
        medium in ('affiliate', 'affiliates'), 'affiliate',
        medium in ('display', 'banner', 'cpm', 'programmatic'), 'display',
        medium in ('social', 'organic_social', 'social-media'),
        'organic_social',
        medium = 'organic', 'organic_search',
        medium != '', medium,
        is_social_origin, 'organic_social',
        startsWith(cast(event as String), 'Email '), 'email',
        match(
            referring_domain,
            '(^|\\.)(google|bing|duckduckgo|ecosia|baidu|yandex|yahoo|startpage|qwant)\\.'
        ),
        'organic_search',
        match(
            referring_domain,
            '(^|\\.)(facebook|instagram|tiktok|linkedin|pinterest|snapchat|twitter|x|t|youtube|reddit)\\.(com|co)$'
        ),
        'organic_social',
        referrer != '', 'referral',
        'direct'
    ) as channel,
    campaign,
    country,
    order_id,
    revenue_minor,
    currency,
    cost_minor,
    score,
    properties,
    traits,
    is_bot,
    is_internal,
    is_test,
    cast(is_bot or is_internal or is_test as Bool) as is_excluded,
    -- The one list of what is done to somebody, or said of somebody, and not
    -- done by somebody: it makes no active day and does not keep anyone from
    -- lapsing.
    cast(cast(event as String) in (
        'Ad Impression',
        'Email Sent',
        'Email Delivered',
        'Email Bounced',
        'Push Notification Sent',
        'Survey Sent',
        'SMS Sent',
        'Order Refunded',
        'Support Case Resolved',
        'Loyalty Points Expired',
        'Subscription Renewed',
        'Persona Assigned',
        'Account Removed User'
    ) as Bool) as is_passive
from touchpoint final
