(
        select
            sipHash64(
                (
                    select (time_zone, week_start, currency)
                    from report_setting final
                ),
                (
                    select arraySort(groupUniqArray(activity.model_id))
                    from lifecycle_activity as activity final
                    where activity.is_published
                ),
                arraySort(groupArray((
                    model_id,
                    model_version,
                    definition_hash,
                    is_default_model,
                    is_published
                )))
            )
        from lifecycle_model final
    )
