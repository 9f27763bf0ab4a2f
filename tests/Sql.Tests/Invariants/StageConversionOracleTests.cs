namespace LifecycleMetrics.Sql.Tests.Invariants;

/// <summary>Stage conversion counted once more in plain C#, from its definition.</summary>
public sealed class StageConversionOracleTests(GeneratedHistoryFixture history) : IClassFixture<GeneratedHistoryFixture>
{
    [Fact]
    public async Task StageConversion_ByMonth_IsWhatTheDefinitionGives()
    {
        var visits = await history.Database.QueryAsync<Visit>(
            """
            select
                subject_id as Subject, stage_id as Stage, toInt32(ordinal) as Ordinal, toInt32(lap) as Lap,
                toUnixTimestamp64Milli(entered_at) as EnteredAt
            from int_stage_visit
            where model_id = 'sterne-cutler'
            """,
            asWriter: true);
        var stages = await history.Database.QueryAsync<Stage>(
            """
            select stage_id as Id, toInt32(ordinal) as Ordinal, toInt32(convert_within_days) as Days
            from lifecycle_stage
            where model_id = 'sterne-cutler' and ordinal > 0
            order by ordinal
            """,
            asWriter: true);

        var expected = stages.Zip(stages.Skip(1)).SelectMany(step => Count(visits, step.First, step.Second)).Order(StringComparer.Ordinal);
        var actual = await history.Database.QueryAsync<string>(
            """
            select concat(
                from_stage, ' ', to_stage, ' ', formatDateTime(period_start, '%Y-%m'), ' ',
                toString(numerator), '/', toString(denominator), ' ', toString(maturing_n)
            )
            from kpi_stage_conversion
            where model_id = 'sterne-cutler' and grain = 'month' and dimension = 'all'
                and metric = 'stage_conversion' and variant = 'first_visit' and (denominator > 0 or maturing_n > 0)
            """);

        Assert.NotEmpty(actual);
        Assert.Equal(expected, actual.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Count(IReadOnlyList<Visit> visits, Stage from, Stage to)
    {
        var asOf = new DateTimeOffset(GeneratedHistory.AsOf).ToUnixTimeMilliseconds();
        var window = TimeSpan.FromDays(to.Days).TotalMilliseconds;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(GeneratedHistory.TimeZone);
        return visits
            .Where(visit => visit.Stage == from.Id)
            .GroupBy(visit => visit.Subject)
            .Select(own => own.MinBy(visit => visit.EnteredAt)!)
            .GroupBy(first => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(first.EnteredAt), zone).ToString("yyyy-MM", null))
            .Select(month =>
            {
                var old = month.Where(first => first.EnteredAt + window <= asOf).ToArray();
                var reached = old.Count(first => visits.Any(visit =>
                    visit.Subject == first.Subject
                    && visit.Lap == first.Lap
                    && visit.Ordinal >= to.Ordinal
                    && visit.EnteredAt >= first.EnteredAt
                    && visit.EnteredAt <= first.EnteredAt + window));
                return $"{from.Id} {to.Id} {month.Key} {reached}/{old.Length} {month.Count() - old.Length}";
            });
    }

    private sealed class Visit
    {
        public string Subject { get; set; } = "";

        public string Stage { get; set; } = "";

        public int Ordinal { get; set; }

        public int Lap { get; set; }

        public long EnteredAt { get; set; }
    }

    private sealed class Stage
    {
        public string Id { get; set; } = "";

        public int Ordinal { get; set; }

        public int Days { get; set; }
    }
}
