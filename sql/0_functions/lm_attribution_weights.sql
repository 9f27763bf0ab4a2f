-- How touches (at, channel, campaign), in order, share a conversion: the weight of each by first touch, last touch, last touch
-- that is not direct, linear, time decay (half of it a week earlier), position based (40 % each for the first and the last).
-- Weights are whole numbers, so that parts are exact; only proportions within a model matter.
create or replace function lm_attribution_weights as (touches, converted_at) -> [
    arrayMap(i -> toInt64(i = 1), arrayEnumerate(touches)),
    arrayMap(i -> toInt64(i = length(touches)), arrayEnumerate(touches)),
    arrayMap(
        i -> toInt64(i = if(
            arrayLastIndex(t -> t.2 != 'direct', touches) = 0,
            length(touches),
            arrayLastIndex(t -> t.2 != 'direct', touches)
        )),
        arrayEnumerate(touches)
    ),
    arrayMap(i -> toInt64(1), arrayEnumerate(touches)),
    arrayMap(
        t -> toInt64(round(1e9 * exp2(-dateDiff('millisecond', t.1, converted_at) / 604800000))),
        touches
    ),
    arrayMap(
        i -> if(
            length(touches) > 2 and i in (1, length(touches)),
            2 * (toInt64(length(touches)) - 2),
            toInt64(1)
        ),
        arrayEnumerate(touches)
    )
]
