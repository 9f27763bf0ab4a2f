-- purpose: Says whether any account has to do with the subjects of a run: one of its members is among them, or it is due itself
-- grain: one row
-- reads: batch_key, refresh_key, account_member
-- time: no time zone
select
    (
        select count()
        from batch_key
        where startsWith(subject_key, 'g:')
    ) + (
        select count()
        from account_member
        where subject_key in (
                select subject_key
                from refresh_key
                where refresh_no = {refresh_no:UInt64}
            )
    ) > 0 as has_members
