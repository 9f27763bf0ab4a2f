-- Segment of a customer by its scores of recency (5 = bought lately), frequency and monetary value; the first that fits.
create or replace function lm_rfm_segment as (r, f, m) -> multiIf(
    r >= 4 and f >= 4 and m >= 4, 'vip',
    r <= 2 and (f >= 3 or m >= 4), 'at-risk',
    f >= 3, 'loyal',
    r >= 4, 'recent',
    r = 3, 'cooling',
    'hibernating'
)
