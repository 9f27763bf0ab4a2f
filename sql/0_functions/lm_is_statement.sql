-- Whether a touchpoint says something about a subject, and is nothing that it did or met with.
create or replace function lm_is_statement as (type, event) ->
    type in ('identify', 'group', 'alias')
    or event in ('Persona Assigned', 'Account Removed User')
