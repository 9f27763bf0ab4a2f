-- purpose: Published values of closed periods (mailed, frozen or exported) that are different now: by how much, and what arrived since that may explain it
-- grain: one row per publication_id, published_at, view_name, metric, model_id, published_model_version, grain, period_start, dimension, dimension_value, further_key
-- reads: restated_value, restatement_cause, report_delivery
-- time: periods of the report time zone; values are read again every Reports:RestatementInterval, so a change shows that much later
select
    restated.publication_id as publication_id,
    restated.publication_kind::String as publication_kind,
    restated.published_at as published_at,
    restated.view_name::String as view_name,
    restated.metric::String as metric,
    restated.model_id::String as model_id,
    restated.published_model_version as published_model_version,
    restated.grain::String as grain,
    restated.period_start as period_start,
    restated.dimension::String as dimension,
    restated.dimension_value as dimension_value,
    restated.further_key as further_key,
    restated.published_numerator as published_numerator,
    restated.published_denominator as published_denominator,
    restated.published_value as published_value,
    restated.numerator as current_numerator,
    restated.denominator as current_denominator,
    restated.value as current_value,
    restated.value - restated.published_value as change,
    arrayStringConcat(
        arrayFilter(
            reason -> reason != '',
            [
                if(cause.late_event_count > 0, 'late events', ''),
                if(cause.identity_link_count > 0, 'merges', ''),
                if(cause.refund_count > 0, 'refunds', ''),
                if(cause.cost_count > 0, 'costs', ''),
                if(cause.rate_count > 0, 'exchange rates', ''),
                if(
                    restated.model_version != restated.published_model_version,
                    'model change',
                    ''
                ),
                if(
                    restated.metric_version
                        != restated.published_metric_version,
                    'definition change',
                    ''
                )
            ]
        ),
        ', '
    ) as reasons,
    cause.late_event_count as late_event_count,
    cause.identity_link_count as identity_link_count,
    cause.refund_count as late_refund_count,
    restated.checked_at as checked_at
from restated_value as restated final
left join restatement_cause as cause final
    on cause.publication_id = restated.publication_id
    and cause.published_at = restated.published_at
    and cause.grain = restated.grain
    and cause.period_start = restated.period_start
where (
        not isNotDistinctFrom(
            restated.numerator, restated.published_numerator
        )
        or not isNotDistinctFrom(
            restated.denominator, restated.published_denominator
        )
        or not isNotDistinctFrom(restated.value, restated.published_value)
    )
    -- A report that nobody got was not published.
    and (
        restated.publication_kind != 'report'
        or restated.publication_id in (
            select concat(report_id, ' ', toString(slot_at))
            from report_delivery final
            where status in ('sent', 'uncertain')
        )
    )
