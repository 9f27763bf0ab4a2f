-- purpose: Writes the keys a run begins with: those touched, those whose numbers become due, and all that are or were linked with them
-- grain: one row per subject_key
-- reads: refresh_touch, subject_due, identity_link
-- time: no time zone
insert into batch_key (subject_key)
with
    touched as
    (
        select distinct subject_key
        from refresh_touch
        where refresh_no = {refresh_no:UInt64}
        union distinct
        select subject_id
        from subject_due
        where due_at > {last_as_of:DateTime64(3, 'UTC')}
            and due_at <= {as_of:DateTime64(3, 'UTC')}
    ),

    -- A new link may take an alias away from whom it belonged to, so everyone
    -- who was ever linked to the same alias is looked at.
    aliases as
    (
        select distinct alias_key
        from identity_link
        where subject_key in (select subject_key from touched)
            or alias_key in (select subject_key from touched)
    ),

    linked as
    (
        select subject_key
        from touched
        union distinct
        select alias_key
        from aliases
        union distinct
        select subject_key
        from identity_link
        where alias_key in (select alias_key from aliases)
    )

select subject_key
from linked
