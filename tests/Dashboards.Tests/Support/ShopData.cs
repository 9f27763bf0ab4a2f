namespace LifecycleMetrics.Dashboards.Tests.Support;

/// <summary>A year of a small shop, made by the database itself; the same at every run.</summary>
internal static class ShopData
{
    /// <summary>The instant all numbers are taken at.</summary>
    public static readonly DateTimeOffset AsOf = new(2026, 10, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Half a year, as the dashboards open.</summary>
    public static readonly DateTimeOffset From = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private const string People = """
        select
            number,
            cityHash64(number, 'a') as dice,
            concat('user-', toString(number)) as user_id,
            -- More people arrive as the year goes on.
            toDateTime64('2025-10-16 06:00:00', 3, 'UTC')
                + toIntervalSecond(toUInt64(364 * 86400 * sqrt((dice % 10007) / 10007))) as arrived_at,
            arrayElement(
                ['paid_search', 'organic_search', 'email', 'paid_social', 'direct', 'referral'],
                [1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6][1 + dice % 12]
            ) as channel,
            ['US', 'ES', 'IT', 'BR', 'DE'][1 + intDiv(dice, 12) % 5] as country,
            ['loyalist', 'explorer', 'bargain-hunter'][1 + intDiv(dice, 60) % 3] as persona,
            (intDiv(dice, 1000) % 1000) / 1000 as luck
        from numbers(2500)
        """;

    /// <summary>Statements in order; each adds events of one kind for every person.</summary>
    public static IEnumerable<string> Statements =>
    [
        Insert("page", "Page Viewed", "arrived_at", "true"),
        Insert("track", "Product Viewed", "arrived_at + toIntervalHour(2)", "luck < 0.75"),
        Insert("track", "Signed Up", "arrived_at + toIntervalHour(30)", "luck < 0.6"),
        Order("first", "arrived_at + toIntervalDay(4 + dice % 20)", "luck < 0.42"),
        Order("second", "arrived_at + toIntervalDay(40 + dice % 25)", "luck < 0.22"),
        Order("third", "arrived_at + toIntervalDay(75 + dice % 40)", "luck < 0.12"),
        Order("fourth", "arrived_at + toIntervalDay(130 + dice % 40)", "luck < 0.07"),
        Insert("track", "Order Refunded", "arrived_at + toIntervalDay(30 + dice % 20)", "luck < 0.03",
            ", concat('first-', user_id) as order_id, toInt64(-1) as revenue_minor, 'USD' as currency"),
        """
        insert into ingest_outcome (received_minute, key_id, source, outcome, reason, run_id, event_count)
        select
            toDateTime('2025-10-16 06:00:00', 'UTC') + toIntervalDay(number), 'shop', 'web', outcome.1, outcome.2, 'run', outcome.3 + number % 7
        from numbers(364)
        array join [('accepted', '', 500), ('duplicate', '', 3), ('rejected', 'missing_id', 2), ('rejected', 'currency_unknown', 1)] as outcome
        """,
    ];

    private static string Order(string name, string at, string condition) => Insert("track", "Order Completed", at, condition,
        $", concat('{name}-', user_id) as order_id, toInt64(2500 + intDiv(dice, 7) % 9000) as revenue_minor, 'USD' as currency");

    private static string Insert(string type, string name, string at, string condition, string columns = "") => $"""
        insert into touchpoint (
            event_id, type, event, subject_key, user_id, occurred_at, received_at, source, channel, country, traits
            {(columns.Length > 0 ? ", order_id, revenue_minor, currency" : "")})
        select
            concat('{name}', '{at}', user_id), '{type}', '{name}', concat('u:', user_id), user_id,
            {at} as at, at, 'web', channel, country, concat('{"{"}"persona":"', persona, '"{"}"}')
            {columns}
        from ({People})
        where {condition} and at < toDateTime64('2026-10-15 12:00:00', 3, 'UTC')
        """;
}
