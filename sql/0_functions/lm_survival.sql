-- Share that lasts longer than each duration, by the product-limit estimate of Kaplan and Meier (1958): who is open counts
-- for as long as it was seen. Durations in ascending order, each once, with at least one ended or open.
create or replace function lm_survival as (ended_counts, open_counts) -> arrayMap(
    total -> exp(total),
    arrayCumSum(
        (ended, at_risk) -> log(1 - ended / at_risk), ended_counts, lm_at_risk(ended_counts, open_counts)
    )
)
