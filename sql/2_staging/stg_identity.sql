-- purpose: The known subject each anonymous id belongs to; the earliest link wins, whatever order events arrive in
-- grain: one row per alias_key
-- reads: identity_link
-- time: no time zone; a late event with an earlier link moves the anonymous id to that subject
select
    alias_key,
    argMin(subject_key, (linked_at, subject_key)) as subject_id
from identity_link
group by alias_key
