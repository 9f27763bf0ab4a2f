-- What each metric means. Written whole when the definitions (sql/metrics) have changed; the latest made_at holds.
create table metric_definition
(
    made_at         DateTime64(6, 'UTC')    comment 'When the definitions were written',
    metric          String                  comment 'Id of the metric',
    metric_version  Int32                   comment 'Version of the definition',
    view_name       String                  comment 'View that holds the metric',
    unit            String                  comment 'What the number counts or measures',
    additivity      LowCardinality(String)  comment 'additive, semi-additive (over slices only) or non-additive',
    description     String                  comment 'Formula in words',
    example         String                  comment 'Worked example in words'
)
engine = MergeTree
order by (made_at, metric)
comment 'Definitions of the metrics';
