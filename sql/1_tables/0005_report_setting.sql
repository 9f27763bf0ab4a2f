-- The few settings that every number depends on; the newest row holds. Written at start from the configuration.
create table report_setting
(
    time_zone    String                          comment 'IANA zone in which days, weeks and months begin and end',
    week_start   UInt8                           comment '1 = weeks begin on Monday, 7 = on Sunday',
    currency     String                          comment 'ISO 4217 code amounts are reported in',
    as_of        Nullable(DateTime64(3, 'UTC'))  comment 'The instant T all numbers are taken at; NULL = now',
    changed_at   DateTime64(6, 'UTC') default now64(6) comment 'When the row was written'
)
engine = ReplacingMergeTree(changed_at)
order by tuple()
comment 'Report settings';

insert into report_setting (time_zone, week_start, currency, as_of) values ('UTC', 1, 'USD', null);
