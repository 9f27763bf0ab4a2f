-- A part of an insert lies in one file instead of two for each column until it is merged into a large one: to make and remove
-- some eighty files for each insert took a sixth of the engine's processor time. What is stored stays as it is.
alter table touchpoint modify setting min_bytes_for_wide_part = 134217728;

alter table subject_journey modify setting min_bytes_for_wide_part = 134217728;

alter table subject_history modify setting min_bytes_for_wide_part = 134217728;

alter table subject_event modify setting min_bytes_for_wide_part = 134217728;

alter table subject_touch modify setting min_bytes_for_wide_part = 134217728;
