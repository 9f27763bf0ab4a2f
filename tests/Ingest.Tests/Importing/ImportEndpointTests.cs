using System.Net;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Importing;

/// <summary>POST /v1/import: what it reads, and what it refuses.</summary>
public sealed class ImportEndpointTests : ImportServerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_OfAFile_AreTaken_AndEveryLineIsAccountedFor(bool zipped)
    {
        var text = Lines(
            Some.Track("m1"),
            "{broken",
            Some.Track("m1"),                                           // twice in the file
            """{"type":"track","messageId":"m2","userId":"u1"}""",      // no event name
            """{"type":"track","event":"No id of its own","userId":"u1"}""");

        var (status, answer) = await Server.PostAsync("/v1/import?id=first", Body(text, zipped));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("done", answer.GetProperty("state").GetString());
        Assert.Equal((5, 2, 2, 1), Outcome(answer));
        Assert.Equal(1, answer.GetProperty("reasons").GetProperty("missing_event").GetInt32());
        Assert.Equal(["web", "web"], Rows().Select(row => row["source"]));
        Assert.All(Rows(), row => Assert.Equal("shop", row["key_id"]));
        var rejects = await GetTextAsync(answer.GetProperty("rejects").GetString()!);
        Assert.Contains("\"first\",2,invalid_json,", rejects, StringComparison.Ordinal);
        Assert.Contains("\"first\",4,missing_event,", rejects, StringComparison.Ordinal);
        Assert.Contains("\"\"messageId\"\":\"\"m2\"\"", rejects, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_InAForm_AreReadByTheMapInIt()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Import.InvoiceMap), "map", "map.yaml" },
            { Body(Lines(Import.InvoiceHeader, "1;17850;15.01.2026 10:30;1;10;Deutschland", "C2;17850;15.01.2026 10:30;-1;2,50;Atlantis"), zipped: true), "file", "orders.csv.gz" },
        };

        var (status, answer) = await Server.PostAsync("/v1/import?id=orders", form);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2, 1, 1, 0), Outcome(answer));
        Assert.Equal(1000L, Assert.Single(Rows())["revenue_minor"]);
        Assert.Contains("\"orders.csv.gz\",3,country_unknown", await GetTextAsync("/v1/import/orders/rejects"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_ByAMapOnTheServer_AreReadByIt()
    {
        Directory.CreateDirectory(Path.Combine(DataDirectory, "import-maps"));
        await File.WriteAllTextAsync(Path.Combine(DataDirectory, "import-maps", "erp.yaml"), Import.InvoiceMap, TestContext.Current.CancellationToken);

        var (status, answer) = await Server.PostAsync(
            "/v1/import?map=erp&source=erp", Body(Lines(Import.InvoiceHeader, "1;17850;15.01.2026 10:30;1;10;Deutschland")), IngestServer.TrustedKey);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((1, 1, 0, 0), Outcome(answer));
        Assert.Equal("erp", Assert.Single(Rows())["source"]);
    }

    [Theory]
    [InlineData("?map=nowhere", "unknown_map")]
    [InlineData("?map=../../etc/passwd", "unknown_map")]
    [InlineData("?format=orders", "map_missing")]
    [InlineData("?format=xml", "unknown_format")]
    [InlineData("?format=1", "unknown_format")]
    [InlineData("?id=a/b", "import_id_invalid")]
    [InlineData("?source=other", "source_refused")]
    public async Task Request_ThatCantBeUsed_IsNamed_AndNothingIsTaken(string query, string code)
    {
        var (status, answer) = await Server.PostAsync("/v1/import" + query, Body(Lines(Some.Track("m1"))));

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, Code(answer)));
        Assert.Empty(Rows());
    }

    [Fact]
    public async Task Form_WithoutAFile_OrWithAMapThatIsNone_IsNamed()
    {
        using var noFile = new MultipartFormDataContent { { new StringContent(Import.InvoiceMap), "map", "map.yaml" } };
        using var badMap = new MultipartFormDataContent { { new StringContent("columns: 1"), "map", "map.yaml" }, { Body("x"), "file", "f" } };
        using var otherColumns = new MultipartFormDataContent { { new StringContent(Import.InvoiceMap), "map", "map.yaml" }, { Body("a;b\n1;2\n"), "file", "f" } };

        Assert.Equal("file_missing", Code((await Server.PostAsync("/v1/import", noFile)).Answer));
        Assert.Equal("map_invalid", Code((await Server.PostAsync("/v1/import", badMap)).Answer));
        var (status, answer) = await Server.PostAsync("/v1/import?id=columns", otherColumns);
        Assert.Equal((HttpStatusCode.BadRequest, "map_mismatch"), (status, Code(answer)));
        Assert.Equal("failed", (await StateAsync("columns")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Personas_OfAFile_AreTaken_AndEveryLineIsAccountedFor()
    {
        var text = Lines("user_id,persona,valid_from", "ana,student,2026-01-31", "ana,,2026-02-30", "ana,,2026-03-01");

        var (status, answer) = await Server.PostAsync("/v1/import?id=crm&format=personas", Body(text, zipped: true));
        var (_, again) = await Server.PostAsync("/v1/import?id=crm-again&format=personas", Body(text));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("personas", answer.GetProperty("format").GetString());
        Assert.Equal((3, 2, 1, 0), Outcome(answer));
        Assert.Equal((3, 0, 1, 2), Outcome(again));
        Assert.All(Rows(), row => Assert.Equal("Persona Assigned", row["event"]));
        Assert.Contains("\"crm\",3,date_invalid", await GetTextAsync("/v1/import/crm/rejects"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Personas_WithOtherColumns_AreNamed_AndNothingIsTaken()
    {
        var (status, answer) = await Server.PostAsync("/v1/import?format=personas", Body(Lines("user_id,segment,valid_from", "ana,student,2026-01-31")));

        Assert.Equal((HttpStatusCode.BadRequest, "map_mismatch"), (status, Code(answer)));
        Assert.Empty(Rows());
    }

    [Theory]
    [InlineData("segment")]
    [InlineData("personas")]
    public async Task Map_WithAFormatThatHasNone_IsRefused(string format)
    {
        Directory.CreateDirectory(Path.Combine(DataDirectory, "import-maps"));
        await File.WriteAllTextAsync(Path.Combine(DataDirectory, "import-maps", "erp.yaml"), Import.InvoiceMap, TestContext.Current.CancellationToken);
        using var form = new MultipartFormDataContent { { new StringContent(Import.InvoiceMap), "map", "map.yaml" }, { Body("x"), "file", "f" } };

        var (status, answer) = await Server.PostAsync($"/v1/import?format={format}&map=erp", Body(Lines(Some.Track("m1"))));
        var (formStatus, formAnswer) = await Server.PostAsync($"/v1/import?format={format}", form);

        Assert.Equal((HttpStatusCode.BadRequest, "map_refused"), (status, Code(answer)));
        Assert.Equal((HttpStatusCode.BadRequest, "map_refused"), (formStatus, Code(formAnswer)));
        Assert.Empty(Rows());
    }

    [Fact]
    public async Task Key_MissingOrUnknown_IsRefused()
    {
        Assert.Equal("missing_key", Code((await Server.PostAsync("/v1/import", Body(Lines(Some.Track("m1"))), key: null)).Answer));
        Assert.Equal("invalid_key", Code((await Server.PostAsync("/v1/import", Body(Lines(Some.Track("m1"))), key: "lm_write_shop_wrong")).Answer));
        Assert.Empty(Rows());
    }

    [Fact]
    public async Task Body_OverTheLimit_IsNamed()
    {
        await RestartAsync(settings => settings["Ingest:Import:MaxBodyBytes"] = "1000");
        using var refusals = new Refusals(Server);

        var (status, answer) = await Server.PostAsync("/v1/import", Body(Lines(Enumerable.Range(1, 50).Select(n => Some.Track("m" + n)))));

        Assert.Equal((HttpStatusCode.BadRequest, "body_too_large"), (status, Code(answer)));
        Assert.Equal([("body_too_large", "shop")], refusals.Counted);
    }
}
