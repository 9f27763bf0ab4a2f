-- Exchange rates as quoted, by day. A rate for the same day and pair replaces the earlier one. Pairs are kept by the
-- currency they are quoted in, so that a change of the reporting currency neither mixes nor loses rates.
create table fx_rate
(
    rate_date       Date                    comment 'Day the rate was quoted for',
    currency        LowCardinality(String)  comment 'ISO 4217 code of the currency that is converted',
    quote_currency  LowCardinality(String)  comment 'ISO 4217 code of the currency it is converted into',
    rate            Decimal(38, 12)         comment 'What one unit of currency is worth in units of quote_currency',
    source          LowCardinality(String)  comment 'Who quoted it',
    imported_at     DateTime64(3, 'UTC') default now64(3) comment 'When the row was written'
)
engine = ReplacingMergeTree(imported_at)
order by (quote_currency, currency, rate_date)
comment 'Exchange rates by day'
