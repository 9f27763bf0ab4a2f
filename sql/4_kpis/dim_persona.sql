-- purpose: The buyer personas: those of lifecycles/personas.yaml, and all that anybody was declared to be, with how many are it now
-- grain: one row per persona
-- reads: persona, int_persona_membership
-- time: subjects are counted at T; names and rules are those of the file as it is now
with
    counts as
    (
        select
            persona::String as persona,
            uniqExactIf(subject_id, is_current) as subject_count
        from int_persona_membership
        group by persona
    ),

    described as
    (
        select
            persona,
            rank,
            label_en,
            label_es,
            label_it,
            label_pt,
            has_rules,
            holds_days
        from persona final
        where is_published
    ),

    personas as
    (
        select persona from counts
        union distinct
        select persona from described
    )

select
    personas.persona as persona,
    if(described.persona = '', null, toInt32(described.rank)) as rank,
    if(described.persona = '', personas.persona, described.label_en) as label_en,
    if(described.persona = '', personas.persona, described.label_es) as label_es,
    if(described.persona = '', personas.persona, described.label_it) as label_it,
    if(described.persona = '', personas.persona, described.label_pt) as label_pt,
    described.has_rules::Bool as has_rules,
    toInt32(described.holds_days) as holds_days,
    toInt64(counts.subject_count) as subject_count
from personas
left join described on described.persona = personas.persona
left join counts on counts.persona = personas.persona
settings join_use_nulls = 0
