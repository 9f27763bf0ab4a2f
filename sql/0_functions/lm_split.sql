-- Divides a whole amount by whole weights (their sum above 0) so that the parts add up to it exactly: each part is
-- rounded down, and what is left goes by one unit to the largest remainders, the earlier first. -7 is divided as 7 is.
create or replace function lm_split as (amount, weights) -> arrayMap(
    (product, place) -> sign(amount) * toInt64(
        intDiv(product, arraySum(weights))
        + (place <= intDiv(
            arraySum(w -> toInt128(abs(amount)) * w % arraySum(weights), weights),
            arraySum(weights)
        ))
    ),
    arrayMap(w -> toInt128(abs(amount)) * w, weights),
    -- The place of each part when they are ordered by their remainders.
    arraySort(
        (i, place) -> place,
        arrayEnumerate(weights),
        arraySort(
            (i, w) -> (-(toInt128(abs(amount)) * w % arraySum(weights)), i),
            arrayEnumerate(weights),
            weights
        )
    )
)
