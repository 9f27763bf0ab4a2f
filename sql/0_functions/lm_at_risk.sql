-- Of durations in ascending order, with how many ended at each and how many were still open at each: how many had lasted
-- that long. Who is open at a duration was at risk at it.
create or replace function lm_at_risk as (ended_counts, open_counts) -> arrayReverse(arrayCumSum(
    arrayReverse(arrayMap((ended, open) -> ended + open, ended_counts, open_counts))
))
