-- What touches get of an amount by each of the six models, given the weights of lm_attribution_weights.
create or replace function lm_attribute as (amount, weights) -> arrayMap(
    -- By the first three, one of the touches has it all.
    (model, proportions) -> if(
        model <= 3, arrayMap(w -> amount * w, proportions), lm_split(amount, proportions)
    ),
    arrayEnumerate(weights),
    weights
)
