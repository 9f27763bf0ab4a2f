using LifecycleMetrics.Ingest.Importing;
using LifecycleMetrics.Ingest.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Ingest.Tests.Importing;

/// <summary>Imports through the whole ingest path: what is asserted is what lies in the spool for ClickHouse.</summary>
public sealed class FileImporterTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private IngestServer? _server;

    private string Files => _directory.Path;

    private IImportTarget Target => new IngestTarget(_server!.Services.GetRequiredService<IIngest>(), new("import", "erp"));

    public async ValueTask InitializeAsync() => _server = await IngestServer.StartAsync(Path.Combine(_directory.Path, "data"));

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Orders_LinesOfOneInvoice_MakeOneOrder()
    {
        var file = Import.Write(Files, "orders.csv", Import.InvoiceHeader,
            "536365;17850;15.01.2026 10:30;6;2,55;Deutschland",     // 15.30
            "536366;17850;16.01.2026 10:30;1;1.000,00;Deutschland",
            "536365;17850;15.01.2026 10:31;2;0,005;Deutschland");   // not beside its first line; 15.31 together

        var summary = await Import.OrdersAsync(Target, Files, Import.InvoiceMap, [file]);

        Assert.Equal((3, 2, 2, 0, 0), Outcome(summary));
        var order = Assert.Single(Rows(), row => Equals(row["order_id"], "536365"));
        Assert.Equal("Order Completed", order["event"]);
        Assert.Equal("17850", order["user_id"]);
        Assert.Equal("erp", order["source"]);
        Assert.Equal("DE", order["country"]);
        Assert.Equal("EUR", order["currency"]);
        Assert.Equal(1531L, order["revenue_minor"]);
        Assert.Equal(Some.Ms("2026-01-15T09:30:00Z"), order["occurred_at"]);
    }

    [Fact]
    public async Task Orders_Credit_IsARefundOfItsOwn()
    {
        var file = Import.Write(Files, "orders.csv", Import.InvoiceHeader, "C536379;14527;15.07.2026 10:30;-1;27,50;Spanien");

        await Import.OrdersAsync(Target, Files, Import.InvoiceMap, [file]);

        var refund = Assert.Single(Rows());
        Assert.Equal("Order Refunded", refund["event"]);
        Assert.Equal("C536379", refund["order_id"]);
        Assert.Equal("14527", refund["user_id"]);
        Assert.Equal(2750L, refund["revenue_minor"]);
    }

    [Fact]
    public async Task Orders_WithoutCustomer_AreAnonymous_EachByItself()
    {
        var file = Import.Write(Files, "orders.csv", Import.InvoiceHeader,
            "1;;15.01.2026 10:30;1;10;Deutschland",
            "2;;15.01.2026 10:30;1;10;Deutschland");

        await Import.OrdersAsync(Target, Files, Import.InvoiceMap, [file]);

        Assert.Equal(["erp-1", "erp-2"], Rows().Select(row => row["anonymous_id"]).Order());
        Assert.All(Rows(), row => Assert.Equal("", row["user_id"]));
    }

    [Fact]
    public async Task Orders_MalformedLines_AreRejectedWithReason_AndNothingElseIsAffected()
    {
        var file = Import.Write(Files, "orders.csv", Import.InvoiceHeader,
            "1;17850;15.01.2026 10:30;1;10;Deutschland",            // counted
            "1;17850;2026-01-15;1;10;Deutschland",                  // another form of date
            "2;17850;15.01.2026 10:30;one;10;Deutschland",
            "3;17850;15.01.2026 10:30;1;10",                        // a column too few
            "4;17850;15.01.2026 10:30;1;10;Atlantis",
            ";17850;15.01.2026 10:30;1;10;Deutschland",
            "\"5;17850;15.01.2026 10:30;1;10;Deutschland",          // a stray quote
            "1;12346;15.01.2026 10:30;1;10;Deutschland",            // order of another customer
            "6;17850;15.01.2026 10:30;1;10;\"Deutschland\"");       // counted

        var summary = await Import.OrdersAsync(Target, Files, Import.InvoiceMap, [file]);

        Assert.Equal(["1", "6"], Rows().Select(row => row["order_id"]).Order());
        Assert.All(Rows(), row => Assert.Equal(1000L, row["revenue_minor"]));
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["column_count"] = 1,
                ["country_unknown"] = 1,
                ["date_invalid"] = 1,
                ["missing_order_id"] = 1,
                ["number_invalid"] = 1,
                ["order_conflict"] = 1,
                ["quote_open"] = 1,
            },
            summary.Counts.RejectedByReason);
        var rejects = await File.ReadAllLinesAsync(summary.RejectsFile!, TestContext.Current.CancellationToken);
        Assert.Equal(8, rejects.Length);
        Assert.StartsWith($"\"{file}\",3,date_invalid,\"\"\"2026-01-15\"\" is not a date", rejects[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_ImportedAgainUnderAnotherName_AddNothing()
    {
        string[] lines = [Import.InvoiceHeader, "1;17850;15.01.2026 10:30;1;10;Deutschland", "C2;17850;15.01.2026 10:30;-1;10;Deutschland"];
        await Import.OrdersAsync(Target, Files, Import.InvoiceMap, [Import.Write(Files, "a.csv", lines)]);

        var again = await Import.OrdersAsync(Target, Files, Import.InvoiceMap, [Import.Write(Files, "b.csv.gz", lines)]);

        Assert.Equal((2, 2, 0, 2, 0), Outcome(again));
        Assert.Equal(2, Rows().Count);
    }

    [Fact]
    public async Task Orders_OneALineWithoutHeader_AreAllOrders()
    {
        const string map = """
            delimiter: blank
            header: false
            columns: { customer: 1, date: 3, amount: 5 }
            customer_prefix: cd-
            date_formats: yyyyMMdd
            currency: USD
            country: US
            order: line
            """;
        var file = Import.Write(Files, "cdnow.txt.gz",
            " 00004 0001 19970101  2   29.33\r",
            " 00004 0001 19970101  2   29.33\r",                    // the same customer, day and amount: another order
            " 00021 0002 19970101  3   63.34\r",
            " 00021 0002 19970230  3   63.34\r");                   // there is no such day

        var summary = await Import.OrdersAsync(Target, Files, map, [file], source: "cdnow");

        Assert.Equal((4, 3, 3, 0, 1), Outcome(summary));
        Assert.Equal(3, Rows().Select(row => row["order_id"]).Distinct().Count());
        Assert.Equal(["cd-00004", "cd-00021"], Rows().Select(row => row["user_id"]).Distinct().Order());
        Assert.Equal(2933 + 2933 + 6334, Rows().Sum(row => (long)row["revenue_minor"]!));
    }

    [Fact]
    public async Task Orders_MoreThanFitInMemory_AreStillPutTogether()
    {
        var lines = Enumerable.Range(0, 60).Select(i => $"{i % 20};17850;15.01.2026 10:30;1;{i};Deutschland");
        var file = Import.Write(Files, "orders.csv", lines.Prepend(Import.InvoiceHeader));

        var summary = await Import.OrdersAsync(Target, Files, Import.InvoiceMap, [file], new ImportOptions { MaxOpenOrders = 7 });

        Assert.Equal((60, 20, 20, 0, 0), Outcome(summary));
        Assert.Equal((3L + 23 + 43) * 100, Assert.Single(Rows(), row => Equals(row["order_id"], "3"))["revenue_minor"]);
    }

    [Fact]
    public async Task Orders_HeaderWithoutAColumnOfTheMap_IsAnErrorThatNamesIt()
    {
        var file = Import.Write(Files, "orders.csv", "invoice;customer;date;quantity;price", "1;1;15.01.2026 10:30;1;1");

        var error = await Assert.ThrowsAsync<MapMismatchException>(
            () => Import.OrdersAsync(Target, Files, Import.InvoiceMap, [file]));

        Assert.Contains("lacks \"country\"", error.Message, StringComparison.Ordinal);
        Assert.Empty(Rows());
    }

    [Fact]
    public async Task Events_GoodAndBadLines_AreToldApartByLine()
    {
        var file = Import.Write(Files, "events.ndjson",
            Some.Track("m1"),
            "{broken",
            "",
            """{"type":"track","event":"No id of its own","userId":"u1"}""",
            """{"type":"track","messageId":"m3","userId":"u1"}""",  // no event name: refused by the ingest path
            "[1]");

        var summary = await Import.EventsAsync(Target, Files, file);

        Assert.Equal((5, 3, 2, 0, 3), Outcome(summary));
        var rejects = await File.ReadAllTextAsync(summary.RejectsFile!, TestContext.Current.CancellationToken);
        Assert.Contains($"\"{file}\",2,invalid_json", rejects, StringComparison.Ordinal);
        Assert.Contains($"\"{file}\",5,missing_event", rejects, StringComparison.Ordinal);
        Assert.Contains($"\"{file}\",6,not_an_object", rejects, StringComparison.Ordinal);
        var again = await Import.EventsAsync(Target, Files, file);
        Assert.Equal((5, 3, 0, 2, 3), Outcome(again));
    }

    [Fact]
    public async Task Orders_OverHttp_AreTakenUnderTheirSource()
    {
        var file = Import.Write(Files, "orders.csv", Import.InvoiceHeader, "1;17850;15.01.2026 10:30;1;10;Deutschland");
        var target = new HttpTarget(_server!.Client, IngestServer.TrustedKey, TimeProvider.System);

        var summary = await Import.OrdersAsync(target, Files, Import.InvoiceMap, [file]);

        Assert.Equal((1, 1, 1, 0, 0), Outcome(summary));
        Assert.Equal("erp", Assert.Single(Rows())["source"]);
    }

    [Fact]
    public async Task Files_OneMissing_NothingIsImported()
    {
        var file = Import.Write(Files, "events.ndjson", Some.Track("m1"));

        await Assert.ThrowsAsync<FileNotFoundException>(() => Import.EventsAsync(Target, Files, file, "nowhere.ndjson"));

        Assert.Empty(Rows());
    }

    private static (long Lines, long Events, long Accepted, long Duplicates, long Rejected) Outcome(ImportSummary summary) =>
        (summary.Counts.Lines, summary.Counts.Events, summary.Counts.Accepted, summary.Counts.Duplicates, summary.Counts.Rejected);

    private List<Dictionary<string, object?>> Rows() =>
        RowReader.ReadDirectory(Path.Combine(_directory.Path, "data", "spool"));
}
