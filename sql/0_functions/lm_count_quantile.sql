-- Quantile of values in ascending order that occur so often: the first value that at least that share is not above; NULL
-- if there is none.
create or replace function lm_count_quantile as (sorted_values, counts, share) -> if(
    arraySum(counts) = 0,
    null,
    sorted_values[arrayFirstIndex(total -> total >= share * arraySum(counts) - 0.000000001, arrayCumSum(counts))]
)
