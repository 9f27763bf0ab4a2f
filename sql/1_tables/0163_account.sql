-- Which subject keys ever named an account, in a group call or in an event, so that a refresh finds the members of an account
-- and the accounts of a member. Inserting an event twice changes nothing.
create table account_member
(
    account_id   String comment 'Account',
    subject_key  String comment 'Subject key of an event that names it, before identities are resolved'
)
engine = ReplacingMergeTree
order by (account_id, subject_key)
comment 'Subject keys by account';

create materialized view account_member_from_touchpoint to account_member as
select account_id, subject_key
from touchpoint
where account_id != ''
group by account_id, subject_key;

-- What was stored before the view was there.
insert into account_member select distinct account_id, subject_key from touchpoint where account_id != '';

-- The work list of accounts, beside that of subjects.
create table refresh_account
(
    refresh_no   UInt64               comment 'Run that works on it',
    bucket       UInt32               comment 'Batch within the run',
    account_id   String               comment 'Account to work out',
    subject_key  String               comment 'Key of events to read',
    contact_id   String               comment 'Subject these events belong to: whoever is or was a member',
    created_at   DateTime default now() comment 'When the row was written'
)
engine = MergeTree
order by (refresh_no, bucket, subject_key)
ttl created_at + interval 1 day
comment 'Work list of a refresh: the accounts to work out and all keys of their members';

-- The refund that voids an order also turns the account back that has no other.
alter table subject_history add column orders.voided_by Array(String) after orders.voided_at;
