-- purpose: Takes the subjects that the reports of these orders belong to into memory
-- grain: one row per alias_key
-- reads: batch_order_touchpoint, stg_identity
-- time: no time zone
insert into batch_stg_identity
(
    alias_key,
    subject_id
)
select
    alias_key,
    subject_id
from stg_identity
where alias_key in (select subject_key from batch_order_touchpoint)
