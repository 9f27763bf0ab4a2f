-- Values are published by exports too.
alter table published_value comment column publication_kind 'report, freeze or export';

alter table published_value comment column publication_id 'Report and slot, name of the freeze, or what was exported when';
