-- Runs also say which rebuild of the cells they add to, the T they worked out, and the first day there is anything of.
-- A run is visible to readers once it is finished, see int_live_run.
alter table refresh_run
    add column if not exists base_no UInt64 comment 'Run that built the cells which this run adds to; its own number if it built them anew',
    add column if not exists as_of DateTime64(3, 'UTC') comment 'T of the run: what becomes effective later is not in its cells',
    add column if not exists first_date Date comment 'First local day on which any subject of the base was seen',
    add column if not exists settings_hash UInt64 comment 'Hash of the report settings and lifecycle models its contributions were taken with',
    add column if not exists definitions_hash UInt64 comment 'Hash of the views its contributions were taken from';
