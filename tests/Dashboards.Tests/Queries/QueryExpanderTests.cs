using LifecycleMetrics.Reporting.Dashboards.Queries;

namespace LifecycleMetrics.Dashboards.Tests.Queries;

public sealed class QueryExpanderTests
{
    private static readonly TimeWindow Window = TimeWindow.Create(1_700_000_000_000, 1_700_086_400_000, 100, TimeSpan.FromDays(10));

    private static readonly Dictionary<string, VariableValue> Variables = new()
    {
        ["model"] = new(["a'b\\"]),
        ["channel"] = new(["email", "direct"]),
        ["everyone"] = new(["x", "y"], IsAll: true),
    };

    [Theory]
    [InlineData("$__timeFilter(at)", "(at >= toDateTime({__from_s:Int64}) AND at <= toDateTime({__to_s:Int64}))")]
    [InlineData("$__dateFilter(day)", "(day >= {__from_date:Date} AND day <= {__to_date:Date})")]
    [InlineData("$__fromTime", "toDateTime({__from_s:Int64})")]
    [InlineData("$__toTime_ms", "fromUnixTimestamp64Milli({__to_ms:Int64})")]
    [InlineData("$__timeInterval(f(at, 1))", "toStartOfInterval(toDateTime(f(at, 1)), toIntervalSecond({__interval_s:Int64}))")]
    [InlineData("$__interval_s", "{__interval_s:Int64}")]
    [InlineData("$__conditionalAll(c in (${channel:singlequote}), $channel)", "c in ({channel_0:String}, {channel_1:String})")]
    [InlineData("$__conditionalAll(c in (${everyone:singlequote}), $everyone)", "1=1")]
    [InlineData("model = ${model:singlequote}", "model = {model_0:String}")]
    [InlineData("select 'it''s' -- $1 and ${x}\n, 1", "select 'it''s' -- $1 and ${x}\n, 1")]
    public void Expand_Macro_BecomesTypedParameters(string sql, string expected) =>
        Assert.Equal(expected, QueryExpander.Expand(sql, Window, Variables).Sql);

    [Fact]
    public void Expand_Values_NeverEnterTheText()
    {
        var query = QueryExpander.Expand("x = ${model:singlequote} and $__dateFilter(d)", Window, Variables);

        Assert.DoesNotContain("a'b", query.Sql, StringComparison.Ordinal);
        Assert.Contains(new SqlParameter("model_0", "String", "a'b\\"), query.Parameters);
        Assert.Contains(new SqlParameter("__from_date", "Date", "2023-11-14"), query.Parameters);
    }

    [Theory]
    [InlineData("$model", "unquoted")]
    [InlineData("${model}", "unquoted")]
    [InlineData("${model:raw}", "unquoted")]
    [InlineData("'${model:singlequote}'", "inside quotes")]
    [InlineData("${other:singlequote}", "no variable $other")]
    [InlineData("$__whatever(x)", "$__whatever is not known")]
    [InlineData("$__timeFilter()", "takes one column")]
    [InlineData("$__timeFilter(x", ") is missing")]
    [InlineData("$__conditionalAll(x)", "takes a condition and a variable")]
    [InlineData("select 'x", "not closed")]
    public void Expand_WhatWouldBeUnsafeOrUnknown_IsRefused(string sql, string reason) =>
        Assert.Contains(reason,
            Assert.Throws<DashboardQueryException>(() => QueryExpander.Expand(sql, Window, Variables)).Message,
            StringComparison.Ordinal);
}
