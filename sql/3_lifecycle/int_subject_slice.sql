-- purpose: The slices a subject is counted in: all, and one value each of channel, campaign, persona, country and source
-- grain: one row per subject_id, dimension
-- reads: int_subject
-- time: none; a late event that changes a subject's attributes moves all its history to the new slice
select
    subject_id,
    is_identified,
    dimension,
    if(value = '', '(none)', value) as dimension_value
from int_subject
array join
    ['all', 'channel', 'campaign', 'persona', 'country', 'source']
        as dimension,
    ['all', channel, campaign, persona, country, source]::Array(String)
        as value
