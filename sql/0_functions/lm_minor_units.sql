-- Minor units of one unit of a currency by ISO 4217, as the ingest reads amounts: 100, except for currencies without,
-- with three and with four digits.
create or replace function lm_minor_units as (currency) -> multiIf(
    currency in (
        'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG',
        'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'
    ), 1,
    currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'), 1000,
    currency in ('CLF', 'UYW'), 10000,
    100
)
