-- A stage that only a return leads into, such as reactivated, stands beside the others and not in their row: it is no step
-- on the way from the stage before it to the stage after it.
alter table lifecycle_model add column stages.is_after_lapse Array(Bool) after stages.convert_within_days;
