-- What a machine opened or clicked in is told from properties, which are long: told once, when an event is stored, readers of
-- events that ask for no other property need not read them.
alter table touchpoint add column if not exists is_machine Bool materialized
    event in ('Email Opened', 'Email Clicked') and JSONExtractRaw(properties, 'is_machine') in ('true', '1', '"true"')
    comment 'Opening or click of a machine (privacy proxy, link checker), by properties.is_machine';

-- Of what was stored before it is told in the background, and until then from properties at each reading.
alter table touchpoint materialize column is_machine;
