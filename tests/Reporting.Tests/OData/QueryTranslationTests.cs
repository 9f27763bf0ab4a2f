using LifecycleMetrics.Reporting.OData;
using LifecycleMetrics.Reporting.OData.Paging;
using LifecycleMetrics.Reporting.OData.Querying;
using LifecycleMetrics.Reporting.OData.Schema;

namespace LifecycleMetrics.Reporting.Tests.OData;

public sealed class QueryTranslationTests
{
    private static readonly ODataModel Model = SomeViews.Model();
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Page_Plain_SelectsAllColumnsInKeyOrderWithOneRowMore()
    {
        var page = Page("StageConversions", "", pageSize: 10);

        Assert.Equal(
            """
            select `model_id`, `period_start`, `value`, `n`
            from `kpi_stage_conversion`
            order by `model_id` asc, `period_start` asc
            limit {p0:UInt64}
            """, page.Query.Text);
        Assert.Equal(11L, page.Query.Parameters[0].Value);
    }

    [Fact]
    public void Page_SelectOrderTopSkip_ArePushedDown()
    {
        var page = Page("StageConversions", "$select=N&$orderby=Value desc&$top=5&$skip=7", pageSize: 10);

        Assert.Equal(
            """
            select `n`, `value`, `model_id`, `period_start`
            from `kpi_stage_conversion`
            order by `value` desc nulls last, `model_id` asc, `period_start` asc
            limit {p0:UInt64} offset {p1:UInt64}
            """, page.Query.Text);
        Assert.Equal([5L, 7L], page.Query.Parameters.Select(parameter => (long)parameter.Value));
        Assert.Equal("N", Assert.Single(page.Shown).Name);
    }

    [Fact]
    public void Page_AfterToken_ContinuesByKeysetWithoutSkip()
    {
        var token = new PageToken(10, null, ["0.5", "m", "739000"]);

        var page = Page("StageConversions", "$orderby=Value desc&$skip=7", pageSize: 10, token);

        Assert.Contains(
            "where ((`value` < {p2:Float64} or isNull(`value`)) or (`value` = {p2:Float64} and "
            + "(`model_id` > {p1:String} or (`model_id` = {p1:String} and `period_start` > {p0:Date}))))",
            page.Query.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("offset", page.Query.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$orderby=Value desc", "(false or (isNull(`value`) and ")]
    [InlineData("$orderby=Value", "(isNotNull(`value`) or (isNull(`value`) and ")]
    public void Page_AfterNull_ContinuesWhereNullsStand(string options, string where)
    {
        var page = Page("StageConversions", options, pageSize: 10, new PageToken(10, null, [null, "m", "739000"]));

        Assert.Contains(where, page.Query.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_TopWithinDelivered_AsksForTheRestOnly()
    {
        var page = Page("StageConversions", "$top=15", pageSize: 10, new PageToken(10, null, ["m", "739000"]));

        Assert.Equal(5, page.Rows);
        Assert.Equal(5L, page.Query.Parameters[^1].Value);
    }

    [Theory]
    [InlineData("Nothing", "", 404, "no entity set 'Nothing'")]
    [InlineData("Custmers", "", 404, "Did you mean 'Customers'?")]
    [InlineData("Customers", "$apply=aggregate($count as N)", 501, "$apply")]
    [InlineData("Customers", "$expand=Orders", 501, "$expand")]
    [InlineData("Customers", "$search=x", 501, "$search")]
    [InlineData("Customers", "search=x", 501, "$search")]
    [InlineData("Customers", "$compute=1 add 1 as X", 501, "$compute")]
    [InlineData("Customers", "$foo=1", 400, "'$foo'")]
    [InlineData("Customers", "$fliter=x", 400, "Did you mean '$filter'?")]
    [InlineData("Customers", "$top=-1", 400, "$top")]
    [InlineData("Customers", "$top=1&$top=2", 400, "given twice")]
    [InlineData("Customers", "$top=1&top=2", 400, "given twice")]
    [InlineData("Customers", "$select=Contry", 400, "Did you mean 'Country'?")]
    [InlineData("Customers", "$orderby=Contry", 400, "Did you mean 'Country'?")]
    [InlineData("Customers", "$orderby=", 400, "$orderby has no value")]
    [InlineData("Customers", "$count=maybe", 400, "$count")]
    [InlineData("Customers/$count", "$top=5", 400, "$top cannot be applied to $count")]
    [InlineData("Customers('a')", "$filter=Country eq 'IT'", 400, "$filter cannot be applied")]
    [InlineData("Customers('a')/Contry", "", 404, "Contry")]
    [InlineData("Customers(5)", "", 400, "path")]
    [InlineData("Customers('a'", "", 400, "path")]
    [InlineData("Customers/LifecycleMetrics.Customer", "", 501, "path")]
    [InlineData("$batch", "", 501, "$batch")]
    public void Request_Refused_SaysWhy(string path, string options, int status, string says)
    {
        var error = Assert.Throws<ODataRequestException>(() => ODataRequestParser.Parse(Model, path, options));

        Assert.Equal(status, error.Status);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", (int)ResourceKind.ServiceDocument)]
    [InlineData("$metadata", (int)ResourceKind.Metadata)]
    [InlineData("Customers", (int)ResourceKind.Collection)]
    [InlineData("Customers/$count", (int)ResourceKind.Count)]
    [InlineData("Customers('a')", (int)ResourceKind.Entity)]
    [InlineData("Customers(SubjectId='a%2Fb')", (int)ResourceKind.Entity)]
    [InlineData("StageConversions(ModelId='m',PeriodStart=2025-01-01)", (int)ResourceKind.Entity)]
    [InlineData("Customers('a')/Country", (int)ResourceKind.Property)]
    [InlineData("Customers('a')/Country/$value", (int)ResourceKind.PropertyValue)]
    public void Path_Known_IsRecognized(string path, int kind) =>
        Assert.Equal((ResourceKind)kind, ODataRequestParser.Parse(Model, path, "?custom=1&apikey=x").Kind);

    [Fact]
    public void Entity_CompositeKey_ComparesEachKeyColumnInItsOwnType()
    {
        var request = ODataRequestParser.Parse(Model, "StageConversions(PeriodStart=2025-01-01,ModelId='a%2Fb')", "$select=N");

        var query = QueryBuilder.Entity(request, request.Select!);

        Assert.Contains("`model_id` = {p", query.Text, StringComparison.Ordinal);
        Assert.Contains(query.Parameters, parameter => parameter is { Type: "Date", Value: DateOnly { Year: 2025 } });
        Assert.Contains(query.Parameters, parameter => parameter is { Type: "String", Value: "a/b" });
    }

    private static PageQuery Page(string path, string options, int pageSize, PageToken? token = null) =>
        QueryBuilder.Page(ODataRequestParser.Parse(Model, path, options), pageSize, token, Now);
}
