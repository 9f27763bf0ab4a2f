-- purpose: The runs whose cells readers see: those of the latest base that are finished
-- grain: one row per base_no, refresh_no
-- reads: refresh_run
-- time: no time zone; a run becomes visible as a whole, when it is finished
select
    base_no,
    refresh_no
from refresh_run
where status = 'finished'
-- A base is numbered after the run that built it, so the latest is the highest.
order by base_no desc
limit 1 with ties
