-- Score 1 to 5 of a value among all: equal values have equal scores. bounds.1 to bounds.4 are the smallest values that at
-- least 20, 40, 60 and 80 % of all do not exceed; whoever is above one has more than that many.
create or replace function lm_rfm_score as (value, bounds) -> toInt32(
    1 + (value > bounds.1) + (value > bounds.2) + (value > bounds.3) + (value > bounds.4)
)
