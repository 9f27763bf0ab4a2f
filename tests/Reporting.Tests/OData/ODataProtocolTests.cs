using System.Net;
using System.Text.Json;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>Methods, headers, formats, links and errors.</summary>
public sealed class ODataProtocolTests(ODataServiceFixture service) : ODataServiceTests(service)
{
    [Fact]
    public async Task ServiceDocument_ListsTheSets()
    {
        var document = await JsonAsync("odata/");

        Assert.Equal($"{Service.Host.BaseAddress}odata/$metadata", document.GetProperty("@odata.context").GetString());
        Assert.Equal(["Customers", "StageConversions"], document.GetProperty("value").EnumerateArray().Select(set => set.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Collection_Ieee754Compatible_GivesLargeNumbersAsStrings()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/Customers?$top=1&$skip=7&$count=true&$select=RevenueMinor,Balance,OrderCount,Total");
        request.Headers.TryAddWithoutValidation("Accept", "application/json;odata.metadata=minimal;IEEE754Compatible=true");
        using var response = await Service.Host.Client.SendAsync(request, Cancellation);

        var document = await JsonAsync(response);
        Assert.Equal("100", document.GetProperty("@odata.count").GetString());
        Assert.Equal("""{"OrderCount":"7","RevenueMinor":"700","Balance":"0.8750","Total":"18446744073709551522"}""", document.GetProperty("value")[0].GetRawText());
        Assert.Contains("IEEE754Compatible=true", response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Select_WithContext_NamesTheProperties()
    {
        var document = await JsonAsync("odata/Customers?$select=Country,SubjectId&$top=2&$orderby=RevenueMinor desc");

        Assert.Equal($"{Service.Host.BaseAddress}odata/$metadata#Customers(SubjectId,Country)", document.GetProperty("@odata.context").GetString());
        Assert.Equal("""[{"SubjectId":"c099","Country":"DE"},{"SubjectId":"c098","Country":"PT"}]""", document.GetProperty("value").GetRawText());
    }

    [Theory]
    [InlineData("Customers('nobody')", HttpStatusCode.NotFound, "no entity with the key ('nobody')")]
    [InlineData("Customers?$select=Contry", HttpStatusCode.BadRequest, "Did you mean 'Country'?")]
    [InlineData("Customers?$expand=Orders", HttpStatusCode.NotImplemented, "$expand")]
    [InlineData("Customers?$format=atom", HttpStatusCode.BadRequest, "atom")]
    [InlineData("Customers?$format=xml", HttpStatusCode.NotAcceptable, "application/json only")]
    [InlineData("Customers?$format=application/json;odata.metadata=full", HttpStatusCode.NotAcceptable, "full")]
    [InlineData("$metadata?$format=json", HttpStatusCode.NotAcceptable, "application/xml only")]
    public Task Request_Refused_IsAnODataError(string url, HttpStatusCode status, string says) => AssertErrorAsync("odata/" + url, status, says);

    [Fact]
    public async Task Write_AnyMethod_IsNotAllowed()
    {
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, "odata/Customers");
            using var response = await Service.Host.Client.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
            Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("odata")]
    [InlineData("odata/$metadata")]
    [InlineData("odata/Customers")]
    [InlineData("odata/Customers('c007')")]
    [InlineData("odata/Customers/$count")]
    public async Task Head_AnyResource_HasHeadersAndNoBody(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var response = await Service.Host.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("4.0", response.Headers.GetValues("OData-Version").Single());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("3.0", HttpStatusCode.BadRequest)]
    [InlineData("4.0", HttpStatusCode.OK)]
    [InlineData("4.01", HttpStatusCode.OK)]
    public async Task MaxVersion_OlderThan4_IsRefused(string version, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/Customers?$top=1");
        request.Headers.Add("OData-MaxVersion", version);
        using var response = await Service.Host.Client.SendAsync(request, Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("4.0", response.Headers.GetValues("OData-Version").Single());
    }

    [Fact]
    public async Task Metadata_KnownETag_IsNotSentAgain()
    {
        using var first = await Service.Host.Client.GetAsync("odata/$metadata", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/$metadata");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await Service.Host.Client.SendAsync(request, Cancellation);

        Assert.Equal("application/xml", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Metadata_PowerQueryAccept_IsXml()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/$metadata");
        request.Headers.TryAddWithoutValidation("Accept",
            "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,text/plain;q=0.7");
        using var response = await Service.Host.Client.SendAsync(request, Cancellation);

        Assert.Equal("application/xml", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Collection_GzipAccepted_IsCompressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/Customers");
        request.Headers.Add("Accept-Encoding", "gzip");
        using var response = await Service.Host.Client.SendAsync(request, Cancellation);

        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        await using var body = new System.IO.Compression.GZipStream(await response.Content.ReadAsStreamAsync(Cancellation), System.IO.Compression.CompressionMode.Decompress);
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: Cancellation);
        Assert.Equal(100, document.RootElement.GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task MetadataNone_HasNoContext()
    {
        var document = await JsonAsync("odata/Customers?$top=1&$format=application/json;odata.metadata=none");

        Assert.False(document.TryGetProperty("@odata.context", out _));
    }

    [Fact]
    public async Task PublicBaseUrl_Set_IsInEveryLink()
    {
        await using var host = await ODataHost.StartAsync(Service.Database, ("Reporting:OData:PublicBaseUrl", "https://metrics.example.com/lm/"), ("Reporting:OData:DefaultPageSize", "5"));

        using var document = JsonDocument.Parse(await host.Client.GetStringAsync("odata/Customers?$orderby=Country&custom=a%20b", Cancellation));

        Assert.Equal("https://metrics.example.com/lm/odata/$metadata#Customers", document.RootElement.GetProperty("@odata.context").GetString());
        Assert.StartsWith("https://metrics.example.com/lm/odata/Customers?$orderby=Country&custom=a%20b&$skiptoken=", document.RootElement.GetProperty("@odata.nextLink").GetString(), StringComparison.Ordinal);
    }
}
