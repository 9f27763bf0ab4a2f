(
        select
            sipHash64(
                (
                    select (time_zone, week_start, currency)
                    from report_setting final
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
