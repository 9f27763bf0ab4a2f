-- Upper end of the 95 % interval of k of n by the score method of Wilson (1927), z = 1.959964; NULL when n = 0.
create or replace function lm_wilson_high as (k, n) -> if(n = 0, null, least(1, greatest(0, (
    k + 1.920729410347062
    + 1.959963984540054 * sqrt(k * (n - k) / n + 0.960364705173531)
) / (n + 3.841458820694124))))
