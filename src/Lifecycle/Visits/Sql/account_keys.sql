-- purpose: Puts the accounts of a run on its work list, as subjects with g: before their id
-- grain: one row per account
-- reads: refresh_account
-- time: no time zone
insert into refresh_key
(
    refresh_no,
    bucket,
    subject_key,
    subject_id
)
select distinct
    refresh_no,
    bucket,
    concat('g:', account_id) as subject_key,
    concat('g:', account_id) as subject_id
from refresh_account
where refresh_no = {refresh_no:UInt64}
