using System.Globalization;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Validation;
using Microsoft.OData.Edm.Vocabularies;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>Every kind of answer, read by the OData library's reader in its strictest mode, against the served metadata.</summary>
public sealed class ConformanceTests(ODataServiceFixture service) : IClassFixture<ODataServiceFixture>
{
    [Theory]
    [InlineData("Customers", "", 100)]
    [InlineData("Customers", "?$select=Country,RevenueMinor,Balance", 100)]
    [InlineData("Customers", "?$select=*", 100)]
    [InlineData("Customers", "?$top=0", 0)]
    [InlineData("Customers", "?$count=true&$filter=Country eq 'IT'", 25)]
    [InlineData("StageConversions", "?$orderby=Value desc", 20)]
    public async Task Set_AnyFormat_IsReadStrictly(string set, string options, int rows)
    {
        foreach (var accept in new[] { "application/json", "application/json;odata.metadata=minimal;IEEE754Compatible=true", "*/*" })
        {
            using var response = await GetAsync(set + options, accept);
            using var reader = await StrictReader.OpenAsync(response, await MetadataAsync());
            var (read, count, _) = reader.ReadSet(set);

            Assert.Equal(rows, read.Count);
            Assert.Equal(options.Contains("$count", StringComparison.Ordinal) ? rows : null, count);
        }
    }

    [Fact]
    public async Task Values_OfAllTypes_ArriveExactly()
    {
        using var response = await GetAsync("Customers('c007')", "application/json;IEEE754Compatible=true");
        using var reader = await StrictReader.OpenAsync(response, await MetadataAsync());

        var values = reader.ReadEntity("Customers").Properties.OfType<ODataProperty>().ToDictionary(property => property.Name, property => property.Value);

        Assert.Equal("c007", values["SubjectId"]);
        Assert.Equal(new DateTimeOffset(2025, 1, 8, 0, 0, 0, 7, TimeSpan.Zero), values["FirstSeenAt"]);
        Assert.Equal("1980-01-08", Convert.ToString(values["BornDate"], CultureInfo.InvariantCulture));
        Assert.Equal(7L, values["OrderCount"]);
        Assert.Equal(700L, values["RevenueMinor"]);
        Assert.Equal(0.875m, values["Balance"]);
        Assert.Equal(1.75, values["Score"]);
        Assert.Equal(false, values["IsIdentified"]);
        Assert.Equal(Guid.Parse("00000000-0000-0000-0000-000000000007"), values["DeviceId"]);
        Assert.Equal(18446744073709551522m, values["Total"]);
    }

    [Fact]
    public async Task Property_ServiceDocumentAndError_AreReadStrictly()
    {
        using var property = await GetAsync("Customers('c007')/Balance", "application/json");
        using (var reader = await StrictReader.OpenAsync(property, await MetadataAsync()))
            Assert.Equal(0.875m, reader.ReadProperty());

        using var sets = await GetAsync("", "application/json");
        using (var reader = await StrictReader.OpenAsync(sets, await MetadataAsync()))
            Assert.Equal(["Customers", "StageConversions"], reader.ReadServiceDocument().EntitySets.Select(set => set.Name));

        using var refused = await GetAsync("Customers?$filter=Contry eq 1", "application/json");
        using (var reader = await StrictReader.OpenAsync(refused, await MetadataAsync()))
            Assert.Contains("Contry", reader.ReadError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NextLink_OfAPage_LeadsThroughTheWholeSet()
    {
        var url = "Customers?$orderby=Score&$count=true";
        var rows = 0;
        while (url.Length > 0)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(service.Host.BaseAddress, "odata/"), url));
            request.Headers.Add("Prefer", "odata.maxpagesize=33");
            using var response = await service.Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
            using var reader = await StrictReader.OpenAsync(response, await MetadataAsync());
            var page = reader.ReadSet("Customers");
            Assert.Equal(100, page.Count);
            rows += page.Rows.Count;
            url = page.Next?.AbsoluteUri ?? "";
        }

        Assert.Equal(100, rows);
    }

    [Fact]
    public async Task Metadata_Read_IsValidAndTellsTheTruth()
    {
        var metadata = await MetadataAsync();

        Assert.True(metadata.Validate(ValidationRuleSet.GetEdmModelRuleSet(new Version(4, 0)), out var errors), string.Join('\n', errors));
        foreach (var set in metadata.EntityContainer.EntitySets())
        {
            Assert.NotEmpty(metadata.GetDescriptionAnnotation(set)!);
            Assert.All(set.EntityType.DeclaredProperties, property => Assert.NotEmpty(metadata.GetDescriptionAnnotation(property)!));
            Assert.NotEmpty(set.EntityType.Key());
        }

        var score = metadata.EntityContainer.FindEntitySet("Customers").EntityType.FindProperty("Score");
        var additive = Assert.Single(metadata.FindVocabularyAnnotations<IEdmVocabularyAnnotation>(score, "LifecycleMetrics.Additive"));
        Assert.False(((IEdmBooleanConstantExpression)additive.Value).Value);
        var balance = (IEdmDecimalTypeReference)metadata.EntityContainer.FindEntitySet("Customers").EntityType.FindProperty("Balance").Type;
        Assert.Equal((18, 4), (balance.Precision, balance.Scale));
    }

    [Fact]
    public async Task Metadata_OfKnownViews_EqualsTheSnapshot()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "OData", "metadata.xml");
        var served = await service.Host.Client.GetStringAsync("odata/$metadata", TestContext.Current.CancellationToken);

        // After a wanted change: copy this file from the output folder over metadata.xml.
        await File.WriteAllTextAsync(Path.ChangeExtension(path, "received.xml"), served + "\n", TestContext.Current.CancellationToken);
        Assert.Equal((await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).TrimEnd(), served.TrimEnd());
    }

    private async Task<IEdmModel> MetadataAsync()
    {
        using var response = await GetAsync("$metadata", "application/xml");
        using var reader = await StrictReader.OpenAsync(response, EdmCoreModel.Instance);
        return reader.ReadMetadata();
    }

    private async Task<HttpResponseMessage> GetAsync(string url, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "odata/" + url);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await service.Host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
