using LifecycleMetrics.Reporting.OData;
using LifecycleMetrics.Reporting.OData.Querying;
using LifecycleMetrics.Reporting.OData.Schema;

namespace LifecycleMetrics.Reporting.Tests.OData;

public sealed class FilterTranslationTests
{
    private static readonly ODataModel Model = SomeViews.Model();
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("Country eq 'IT'", "(`country` = {p0:String})")]
    [InlineData("'IT' eq Country", "({p0:String} = `country`)")]
    [InlineData("Country eq 'IT''s'", "(`country` = {p0:String})")]
    [InlineData("OrderCount gt 3", "(`order_count` > {p0:UInt32})")]
    [InlineData("OrderCount gt -3", "(`order_count` > {p0:Int64})")]
    [InlineData("OrderCount lt 5000000000", "(`order_count` < {p0:Int64})")]
    [InlineData("OrderCount lt 2.5", "(`order_count` < {p0:Decimal(76, 1)})")]
    [InlineData("Total ge 18446744073709551615", "(`total` >= {p0:UInt64})")]
    [InlineData("Balance gt 0.1", "(`balance` > {p0:Decimal(18, 4)})")]
    [InlineData("Balance gt 0.12345", "(`balance` > {p0:Decimal(76, 5)})")]
    [InlineData("Score gt 0.1", "(`score` > {p0:Float64})")]
    [InlineData("RevenueMinor gt 100", "(`revenue_minor` > {p0:Int64})")]
    [InlineData("not (RevenueMinor gt 100)", "not ifNull(`revenue_minor` > {p0:Int64}, false)")]
    [InlineData("RevenueMinor ne 100", "ifNull(`revenue_minor` != {p0:Int64}, true)")]
    [InlineData("RevenueMinor eq null", "isNull(`revenue_minor`)")]
    [InlineData("null ne RevenueMinor", "not isNull(`revenue_minor`)")]
    [InlineData("RevenueMinor gt null", "false")]
    [InlineData("Score eq RevenueMinor", "ifNull(`score` = `revenue_minor`, isNull(`score`) and isNull(`revenue_minor`))")]
    [InlineData("FirstSeenAt ge 2025-01-01T00:00:00Z", "(`first_seen_at` >= {p0:DateTime64(3, 'UTC')})")]
    [InlineData("FirstSeenAt ge 2025-01-01T00:00:00.1234567Z", "(`first_seen_at` >= {p0:DateTime64(7, 'UTC')})")]
    [InlineData("FirstSeenAt ge 2025-01-01", "(`first_seen_at` >= {p0:DateTime64(3, 'UTC')})")]
    [InlineData("BornDate eq 1980-02-29", "(`born_date` = {p0:Date})")]
    [InlineData("BornDate gt 1950-01-01", "(`born_date` > {p0:Date32})")]
    [InlineData("Country in ('IT', 'ES')", "(`country` in ({p0:String}, {p1:String}))")]
    [InlineData("Persona in ('loyalist', null)", "((`persona` in ({p0:String})) or isNull(`persona`))")]
    [InlineData("not (Persona in ('loyalist'))", "not ifNull(`persona` in ({p0:String}), false)")]
    [InlineData("FirstSeenAt in (2025-01-01T00:00:00Z, 2025-01-02T00:00:00Z)",
        "(`first_seen_at` in ({p0:DateTime64(3, 'UTC')}, {p1:DateTime64(3, 'UTC')}))")]
    [InlineData("Country eq 'IT' and (OrderCount eq 1 or IsIdentified)",
        "((`country` = {p0:String}) and ((`order_count` = {p1:UInt32}) or `is_identified`))")]
    [InlineData("Kind eq 'person'", "(toString(`kind`) = {p0:String})")]
    [InlineData("DeviceId eq 11111111-2222-3333-4444-555555555555", "(`device_id` = {p0:UUID})")]
    [InlineData("IsIdentified eq true", "(`is_identified` = {p0:Bool})")]
    [InlineData("OrderCount add 2 gt 3", "((`order_count` + {p0:UInt32}) > {p1:Int64})")]
    [InlineData("OrderCount div 2 eq 3", "(intDiv(`order_count`, nullIf({p0:UInt32}, 0)) = {p1:Int64})")]
    [InlineData("Balance mul 2 gt 3", "((toDecimal256(`balance`, 4) * toDecimal256({p0:Decimal(18, 4)}, 4)) > {p1:Decimal(76, 8)})")]
    [InlineData("FirstSeenAt gt now() sub duration'P7D'",
        "(`first_seen_at` > addMicroseconds(toDateTime64({p0:DateTime64(6, 'UTC')}, 6, 'UTC'), {p1:Int64}))")]
    [InlineData("contains(tolower(Country), 'i')", "(position(lowerUTF8(`country`), {p0:String}) > 0)")]
    [InlineData("startswith(Country, 'I')", "startsWith(`country`, {p0:String})")]
    [InlineData("endswith(Country, 'I')", "endsWith(`country`, {p0:String})")]
    [InlineData("length(Country) eq 2", "(lengthUTF8(`country`) = {p0:Int64})")]
    [InlineData("indexof(Country, 'T') eq 1", "((toInt64(positionUTF8(`country`, {p0:String})) - 1) = {p1:Int64})")]
    [InlineData("substring(Country, 1, 1) eq 'T'",
        "(substringUTF8(`country`, greatest({p0:Int64}, 0) + 1, greatest({p1:Int64}, 0)) = {p2:String})")]
    [InlineData("trim(concat(Country, ' ')) eq 'IT'", "(trimBoth(concat(`country`, {p0:String})) = {p1:String})")]
    [InlineData("year(FirstSeenAt) eq 2025", "(toYear(`first_seen_at`, 'UTC') = {p0:Int64})")]
    [InlineData("date(FirstSeenAt) eq 2025-01-01", "(toDate32(`first_seen_at`, 'UTC') = {p0:Date32})")]
    [InlineData("floor(Score) eq 1", "(floor(`score`) = {p0:Float64})")]
    [InlineData("Country eq @c&@c='IT'", "(`country` = {p0:String})")]
    public void Filter_Supported_IsPushedDownWithTypedParameters(string filter, string sql)
    {
        var query = Count(filter);

        var where = query.Text[(query.Text.IndexOf("where ", StringComparison.Ordinal) + 6)..];
        Assert.Equal(sql, where);
        Assert.DoesNotContain("IT", query.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Country eq 'IT''s'", "IT's")]
    [InlineData("OrderCount gt 3", 3L)]
    [InlineData("Score gt 0.1", 0.1)]
    [InlineData("Total ge 18446744073709551615", ulong.MaxValue)]
    [InlineData("IsIdentified eq true", true)]
    public void Literal_AnyType_KeepsItsValue(string filter, object value) =>
        Assert.Equal(value, Assert.Single(Count(filter).Parameters).Value);

    [Fact]
    public void Literal_Decimal_KeepsItsDigits() =>
        Assert.Equal(0.1m, Assert.Single(Count("Balance gt 0.1").Parameters).Value);

    [Theory]
    [InlineData("Contry eq 'IT'", 400, "Did you mean 'Country'?")]
    [InlineData("first_seen_at gt 2025-01-01", 400, "Did you mean 'FirstSeenAt'?")]
    [InlineData("", 400, "$filter has no value")]
    [InlineData("Country eq", 400, "$filter")]
    [InlineData("Country gt 5", 400, "incompatible types")]
    [InlineData("Balance eq 99999999999999999999999999999999999999", 400, "$filter")]
    [InlineData("Country eq @c", 400, "@c")]
    [InlineData("nosuch(Country) eq 1", 400, "nosuch")]
    [InlineData("Tags/any(t: t eq 'x')", 501, "any and all")]
    [InlineData("matchesPattern(Country, '^I')", 501, "matchesPattern")]
    [InlineData("cast(OrderCount, Edm.String) eq '1'", 501, "cast")]
    public void Filter_Refused_SaysWhy(string filter, int status, string says)
    {
        var error = Assert.Throws<ODataRequestException>(() => Count(filter));

        Assert.Equal(status, error.Status);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private static SqlQuery Count(string filter)
    {
        var parts = filter.Split("&@", 2);
        var options = "$filter=" + Uri.EscapeDataString(parts[0]) + (parts.Length > 1 ? "&@" + parts[1] : "");
        return QueryBuilder.Count(ODataRequestParser.Parse(Model, "Customers/$count", options), Now);
    }
}
