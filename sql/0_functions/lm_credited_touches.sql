-- The touches (at, channel, campaign) from since to until, both included, that led to a conversion at until; one that stands
-- for none if there are none.
create or replace function lm_credited_touches as (touches, since, until) -> if(
    empty(arrayFilter(t -> t.1 >= since and t.1 <= until, touches)),
    [(until, '(unattributed)', '(unattributed)')],
    arrayFilter(t -> t.1 >= since and t.1 <= until, touches)
)
