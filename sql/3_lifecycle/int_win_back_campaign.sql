-- purpose: Campaigns that win back rather than win: planned for the lapsed, or credited by last touch with more returns of lapsed customers to the default model than first entries of new ones
-- grain: one row per campaign
-- reads: int_activity, attribution_cell, int_live_run, lifecycle_stage
-- time: over all days until T; a campaign whose balance tips changes sides with all its cost
select campaign::String as campaign
from int_activity
where phase = 'lapsed' and campaign != ''

union distinct

select dimension_value as campaign
from attribution_cell
where (base_no, refresh_no) in (
        select
            base_no,
            refresh_no
        from int_live_run
    )
    and (model_id, model_version) in (
        select
            model_id,
            model_version
        from lifecycle_stage
        where is_default_model
    )
    and dimension = 'campaign'
    and conversion in ('first_entry', 're_entry')
    and dimension_value not in ('(none)', '(unattributed)')
group by dimension_value
having sumIf(last_credit, conversion = 're_entry')
    > sumIf(last_credit, conversion = 'first_entry')
