-- First duration that half or fewer last longer than; NULL if more than half are still open by then. The allowance is for
-- halves that come out of logarithms a little off.
create or replace function lm_survival_median as (durations, ended_counts, open_counts) -> if(
    arrayExists(share -> share <= 0.500000001, lm_survival(ended_counts, open_counts)),
    durations[arrayFirstIndex(share -> share <= 0.500000001, lm_survival(ended_counts, open_counts))],
    null
)
