-- The smallest values that at least 20, 40, 60 and 80 % of all do not exceed. counts[i] have values[i]; values ascend.
create or replace function lm_quintile_bounds as (values, counts) -> (
    values[arrayFirstIndex(total -> 5 * total >= arraySum(counts), arrayCumSum(counts))],
    values[arrayFirstIndex(total -> 5 * total >= 2 * arraySum(counts), arrayCumSum(counts))],
    values[arrayFirstIndex(total -> 5 * total >= 3 * arraySum(counts), arrayCumSum(counts))],
    values[arrayFirstIndex(total -> 5 * total >= 4 * arraySum(counts), arrayCumSum(counts))]
)
