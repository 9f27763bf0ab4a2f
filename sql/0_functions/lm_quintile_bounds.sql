-- The smallest values that at least 20, 40, 60 and 80 % of all do not exceed. counts[i] have values[i]; values ascend.
create or replace function lm_quintile_bounds as (values, counts) -> arrayMap(
    quintile -> values[arrayFirstIndex(
        total -> 5 * total >= quintile * arraySum(counts), arrayCumSum(counts)
    )],
    [1, 2, 3, 4]
)
