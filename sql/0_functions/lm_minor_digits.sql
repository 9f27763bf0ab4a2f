-- Digits of a currency's minor unit by ISO 4217, as the ingest reads amounts: 0 for JPY, 3 for KWD, mostly 2.
create or replace function lm_minor_digits as (currency) -> multiIf(
    currency in (
        'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF',
        'XPF'
    ), 0,
    currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'), 3,
    currency in ('CLF', 'UYW'), 4,
    2
)
