using System.Globalization;

namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>
/// The macros of Grafana's ClickHouse plugin and Grafana's own time variables, each with the meaning it has there.
/// </summary>
internal sealed class Macros(TimeWindow window, Dictionary<string, SqlParameter> parameters)
{
    /// <exception cref="DashboardQueryException">The macro is not known, or takes another number of arguments.</exception>
    public string Expand(string name, IReadOnlyList<string>? arguments) => name switch
    {
        "__fromTime" => $"toDateTime({Seconds("from")})",
        "__toTime" => $"toDateTime({Seconds("to")})",
        "__fromTime_ms" => $"fromUnixTimestamp64Milli({Milliseconds("from")})",
        "__toTime_ms" => $"fromUnixTimestamp64Milli({Milliseconds("to")})",
        "__timeFilter" => Between(One(name, arguments), $"toDateTime({Seconds("from")})", $"toDateTime({Seconds("to")})"),
        "__timeFilter_ms" => Between(One(name, arguments),
            $"fromUnixTimestamp64Milli({Milliseconds("from")})", $"fromUnixTimestamp64Milli({Milliseconds("to")})"),
        "__dateFilter" => Between(One(name, arguments), Date("from"), Date("to")),
        "__dateTimeFilter" or "__dt" => DateAndTime(name, arguments),
        "__timeInterval" => $"toStartOfInterval(toDateTime({One(name, arguments)}), toIntervalSecond({IntervalSeconds()}))",
        "__timeInterval_ms" => $"toStartOfInterval(toDateTime64({One(name, arguments)}, 3), toIntervalSecond({IntervalSeconds()}))",
        "__interval_s" => IntervalSeconds(),
        "__interval_ms" => Add("interval_ms", "Int64", (long)window.Interval.TotalMilliseconds),
        "__from" => Milliseconds("from"),
        "__to" => Milliseconds("to"),
        "__range_s" => Add("range_s", "Int64", (long)(window.To - window.From).TotalSeconds),
        "__range_ms" => Add("range_ms", "Int64", (long)(window.To - window.From).TotalMilliseconds),
        _ => throw new DashboardQueryException($"The macro ${name} is not known."),
    };

    private static string One(string name, IReadOnlyList<string>? arguments) => arguments is [{ Length: > 0 } column]
        ? column
        : throw new DashboardQueryException($"${name} takes one column: ${name}(column).");

    private string DateAndTime(string name, IReadOnlyList<string>? arguments) => arguments is [{ } date, { } time]
        ? $"({Expand("__dateFilter", [date])} AND {Expand("__timeFilter", [time])})"
        : throw new DashboardQueryException($"${name} takes a date and a time column: ${name}(date, time).");

    private DateTimeOffset this[string end] => end == "from" ? window.From : window.To;

    private static string Between(string column, string from, string to) => $"({column} >= {from} AND {column} <= {to})";

    private string Seconds(string end) => Add(end + "_s", "Int64", this[end].ToUnixTimeSeconds());

    private string Milliseconds(string end) => Add(end + "_ms", "Int64", this[end].ToUnixTimeMilliseconds());

    private string Date(string end) =>
        Add(end + "_date", "Date", this[end].UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private string IntervalSeconds() => Add("interval_s", "Int64", (long)window.Interval.TotalSeconds);

    private string Add(string name, string type, object value)
    {
        name = "__" + name;
        parameters[name] = new SqlParameter(name, type, value);
        return $"{{{name}:{type}}}";
    }
}
