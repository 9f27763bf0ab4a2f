using System.Net;
using System.Text.Json;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>Which rows an answer has, in which order, and how their values are written.</summary>
public sealed class ODataRowsTests(ODataServiceFixture service) : ODataServiceTests(service)
{
    [Theory]
    [InlineData("", 100)]
    [InlineData("Country eq 'IT'", 25)]
    [InlineData("Country ne 'IT'", 75)]
    [InlineData("Country in ('IT','ES')", 50)]
    [InlineData("Persona eq null", 10)]
    [InlineData("Persona ne 'loyalist'", 10)]
    [InlineData("Persona in (null,'loyalist')", 100)]
    [InlineData("not (Persona in ('loyalist'))", 10)]
    [InlineData("RevenueMinor gt 9000", 9)]
    [InlineData("not (RevenueMinor gt 9000)", 91)]
    [InlineData("RevenueMinor le 100 or IsIdentified", 51)]
    [InlineData("RevenueMinor eq Score", 10)]
    [InlineData("OrderCount gt 97.5", 2)]
    [InlineData("OrderCount gt -1", 100)]
    [InlineData("Balance eq 0.125", 1)]
    [InlineData("Balance eq 0.1250000", 1)]
    [InlineData("Balance lt 0.1249999", 1)]
    [InlineData("Score eq 0.25", 1)]
    [InlineData("FirstSeenAt ge 2025-04-09T00:00:00Z", 2)]
    [InlineData("FirstSeenAt ge 2025-04-09T02:00:00%2B02:00", 2)]
    [InlineData("FirstSeenAt eq 2025-01-02T00:00:00.001Z", 1)]
    [InlineData("FirstSeenAt ge 2025-04-09", 2)]
    [InlineData("FirstSeenAt ge 0001-01-01T00:00:00Z", 100)]
    [InlineData("FirstSeenAt lt maxdatetime()", 100)]
    [InlineData("FirstSeenAt lt now() sub duration'P1D'", 100)]
    [InlineData("BornDate eq 1980-01-02", 1)]
    [InlineData("BornDate gt 1900-01-01", 90)]
    [InlineData("BornDate in (1980-01-02,1980-01-03)", 2)]
    [InlineData("BornDate lt 1980-01-03T12:00:00Z", 2)]
    [InlineData("year(FirstSeenAt) eq 2025 and month(FirstSeenAt) eq 2 and day(FirstSeenAt) le 7", 7)]
    [InlineData("hour(LastOrderAt) eq 13 and minute(LastOrderAt) eq 0 and second(LastOrderAt) eq 0", 5)]
    [InlineData("date(FirstSeenAt) eq 2025-01-02", 1)]
    [InlineData("contains(tolower(Country),'t')", 50)]
    [InlineData("startswith(SubjectId,'c09')", 10)]
    [InlineData("endswith(SubjectId,'9')", 10)]
    [InlineData("length(SubjectId) eq 4", 100)]
    [InlineData("indexof(SubjectId,'9') eq 3", 9)]
    [InlineData("substring(SubjectId,2) eq '42'", 1)]
    [InlineData("toupper(concat(SubjectId,'x')) eq 'C042X'", 1)]
    [InlineData("trim(concat('  ',Country)) eq 'IT'", 25)]
    [InlineData("round(Score) eq 1", 4)]
    [InlineData("floor(Score) eq 1", 4)]
    [InlineData("ceiling(Score) eq 1", 4)]
    [InlineData("OrderCount mod 10 eq 3", 10)]
    [InlineData("OrderCount div 10 eq 3", 10)]
    [InlineData("OrderCount div (OrderCount sub OrderCount) eq 3", 0)]
    [InlineData("OrderCount mul 2 add 1 eq 21", 1)]
    [InlineData("-OrderCount lt -98", 1)]
    [InlineData("Balance mul 8 eq 16", 1)]
    [InlineData("Balance div 2 eq 1", 1)]
    [InlineData("Kind eq 'company'", 20)]
    [InlineData("Kind eq 'robot'", 0)]
    [InlineData("DeviceId eq 00000000-0000-0000-0000-000000000042", 1)]
    [InlineData("Total eq 18446744073709551614", 1)]
    [InlineData("IsIdentified eq true and not IsIdentified", 0)]
    [InlineData("(Score gt 20) eq false", 82)]
    [InlineData("Country eq @c&@c='IT'", 25)]
    public async Task Filter_OnKnownRows_CountsRight(string filter, int expected)
    {
        var option = filter.Length == 0 ? "" : "?$filter=" + filter;

        Assert.Equal(expected, int.Parse(await Service.Host.Client.GetStringAsync("odata/Customers/$count" + option, Cancellation)));
    }

    [Fact]
    public async Task Collection_AllTypes_AreWrittenAsODataHasThem()
    {
        var rows = (await JsonAsync("odata/Customers?$filter=SubjectId in ('c000','c007')")).GetProperty("value");

        Assert.Equal(
            """{"SubjectId":"c000","Country":"IT","Persona":null,"FirstSeenAt":"2025-01-01T00:00:00.000Z","LastOrderAt":null,"BornDate":null,"OrderCount":0,"RevenueMinor":null,"Balance":0,"Score":null,"IsIdentified":true,"Kind":"company","DeviceId":"00000000-0000-0000-0000-000000000000","Total":18446744073709551515}""",
            Normal(rows[0]));
        Assert.Equal(
            """{"SubjectId":"c007","Country":"DE","Persona":"loyalist","FirstSeenAt":"2025-01-08T00:00:00.007Z","LastOrderAt":"2025-06-01T19:00:00.500Z","BornDate":"1980-01-08","OrderCount":7,"RevenueMinor":700,"Balance":0.875,"Score":1.75,"IsIdentified":false,"Kind":"person","DeviceId":"00000000-0000-0000-0000-000000000007","Total":18446744073709551522}""",
            Normal(rows[1]));
    }

    [Theory]
    [InlineData("$orderby=RevenueMinor", "c000")]
    [InlineData("$orderby=RevenueMinor desc", "c099")]
    [InlineData("$orderby=Country,OrderCount desc", "c099")]
    [InlineData("$orderby=OrderCount mod 7 desc,SubjectId desc", "c097")]
    [InlineData("$orderby=year(BornDate) desc", "c001")]
    [InlineData("$skip=98", "c098")]
    public async Task OrderBy_AnyExpression_SortsWithNullsLowest(string options, string first) =>
        Assert.Equal(first, (await JsonAsync("odata/Customers?$top=1&" + options)).GetProperty("value")[0].GetProperty("SubjectId").GetString());

    [Theory]
    [InlineData("Customers", "", 100)]
    [InlineData("Customers", "$orderby=RevenueMinor", 100)]
    [InlineData("Customers", "$orderby=RevenueMinor desc", 100)]
    [InlineData("Customers", "$orderby=Persona desc,LastOrderAt", 100)]
    [InlineData("Customers", "$orderby=Score,Balance desc,BornDate,IsIdentified", 100)]
    [InlineData("Customers", "$orderby=Total desc", 100)]
    [InlineData("Customers", "$orderby=DeviceId", 100)]
    [InlineData("Customers", "$orderby=FirstSeenAt desc&$select=Country", 100)]
    [InlineData("Customers", "$orderby=Balance mul 3,year(BornDate)", 100)]
    [InlineData("Customers", "$filter=Country eq 'IT'&$count=true", 25)]
    [InlineData("Customers", "$top=23", 23)]
    [InlineData("Customers", "$skip=90", 10)]
    [InlineData("StageConversions", "$orderby=Value desc", 20)]
    public async Task Paging_AnyOrder_EqualsOneAnswer(string set, string options, int expected)
    {
        var whole = (await JsonAsync($"odata/{set}?{options}")).GetProperty("value").EnumerateArray().Select(row => row.GetRawText()).ToList();
        var paged = new List<string>();
        var url = $"odata/{set}?{options}";
        while (url.Length > 0)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Add("Prefer", "odata.maxpagesize=7");
            using var response = await Service.Host.Client.SendAsync(request, Cancellation);
            Assert.Equal("odata.maxpagesize=7", response.Headers.GetValues("Preference-Applied").Single());
            var page = await JsonAsync(response);
            Assert.InRange(page.GetProperty("value").GetArrayLength(), 1, 7);
            if (options.Contains("$count", StringComparison.Ordinal))
                Assert.Equal(expected, page.GetProperty("@odata.count").GetInt32());
            paged.AddRange(page.GetProperty("value").EnumerateArray().Select(row => row.GetRawText()));
            url = page.TryGetProperty("@odata.nextLink", out var next) ? next.GetString()! : "";
            Assert.True(url.Length == 0 || url.StartsWith($"{Service.Host.BaseAddress}odata/{set}?", StringComparison.Ordinal));
        }

        Assert.Equal(expected, whole.Count);
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task Paging_ForeignToken_IsRefused()
    {
        var page = await PageOfSevenAsync("odata/Customers?$orderby=Score");
        var token = page.GetProperty("@odata.nextLink").GetString()!.Split("skiptoken=")[1];

        await AssertErrorAsync("odata/Customers?$orderby=Balance&$skiptoken=" + token, HttpStatusCode.BadRequest, "belongs to another query");
        await AssertErrorAsync("odata/Customers?$orderby=Score&$skiptoken=" + token[..^4] + "AAAA", HttpStatusCode.BadRequest, "not from this service");
        await AssertErrorAsync("odata/Customers?$orderby=Score&$skiptoken=x", HttpStatusCode.BadRequest, "not from this service");
    }

    [Fact]
    public async Task Entity_ByKey_IsGiven()
    {
        var entity = await JsonAsync("odata/StageConversions(ModelId='aida',PeriodStart=2025-01-08)");

        Assert.Equal($"{Service.Host.BaseAddress}odata/$metadata#StageConversions/$entity", entity.GetProperty("@odata.context").GetString());
        Assert.Equal(JsonValueKind.Null, entity.GetProperty("Value").ValueKind);
        Assert.Equal(3, entity.GetProperty("N").GetInt32());
    }

    [Theory]
    [InlineData("Customers('c007')/Country", "{\"@odata.context\":\"$metadata#Customers('c007')/Country\",\"value\":\"DE\"}")]
    [InlineData("Customers('c007')/Country/$value", "DE")]
    [InlineData("Customers('c007')/BornDate/$value", "1980-01-08")]
    [InlineData("Customers('c007')/FirstSeenAt/$value", "2025-01-08T00:00:00.007Z")]
    [InlineData("Customers(@k)/Score/$value?@k='c007'", "1.75")]
    public async Task Property_OfEntity_IsGiven(string path, string expected)
    {
        var text = await Service.Host.Client.GetStringAsync("odata/" + path, Cancellation);

        Assert.Equal(expected, text.Replace($"{Service.Host.BaseAddress}odata/", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Customers('c000')/Persona")]
    [InlineData("Customers('c000')/Persona/$value")]
    public async Task Property_Null_IsNoContent(string path)
    {
        using var response = await Service.Host.Client.GetAsync("odata/" + path, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private static string Normal(JsonElement row) => row.GetRawText()
        .Replace("\"Balance\":0.0000", "\"Balance\":0", StringComparison.Ordinal)
        .Replace("0.8750", "0.875", StringComparison.Ordinal);

    private async Task<JsonElement> PageOfSevenAsync(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("Prefer", "maxpagesize=7");
        using var response = await Service.Host.Client.SendAsync(request, Cancellation);
        return await JsonAsync(response);
    }
}
