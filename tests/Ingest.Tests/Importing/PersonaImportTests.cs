using LifecycleMetrics.Ingest.Importing;
using LifecycleMetrics.Ingest.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Ingest.Tests.Importing;

/// <summary>Personas through the whole ingest path: what is asserted is what lies in the spool for ClickHouse.</summary>
public sealed class PersonaImportTests : IAsyncLifetime
{
    private const string Header = "user_id,anonymous_id,persona,valid_from,valid_until";

    private readonly TempDirectory _directory = new();
    private IngestServer? _server;

    private string Files => _directory.Path;

    private IImportTarget Target => new IngestTarget(_server!.Services.GetRequiredService<IIngest>(), new("import", "crm"));

    public async ValueTask InitializeAsync() => _server = await IngestServer.StartAsync(Path.Combine(_directory.Path, "data"));

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Personas_GoodLines_AreAssignmentsDatedBack()
    {
        var file = Import.Write(Files, "segments.csv", Header,
            "ana,,student,2025-09-01,2026-06-30T12:00:00+02:00",
            "ana,,,2026-07-01,",                                    // ends the former one
            ",browser-7,\"bargain, hunter\",2026-01-31T13:45:00,");

        var summary = await Import.PersonasAsync(Target, Files, file);

        Assert.Equal((3, 3, 3, 0, 0), Outcome(summary));
        Assert.Equal(
            [
                ("Persona Assigned", "ana", "", Some.Ms("2025-09-01T00:00:00Z"), """{"persona":"student","valid_until":"2026-06-30T10:00:00.000Z"}"""),
                ("Persona Assigned", "ana", "", Some.Ms("2026-07-01T00:00:00Z"), "{}"),
                ("Persona Assigned", "", "browser-7", Some.Ms("2026-01-31T13:45:00Z"), """{"persona":"bargain, hunter"}"""),
            ],
            Rows().Select(row => ((string)row["event"]!, (string)row["user_id"]!, (string)row["anonymous_id"]!, (long)row["occurred_at"]!, (string)row["properties"]!)));
        Assert.All(Rows(), row => Assert.Equal("crm", row["source"]));
    }

    [Fact]
    public async Task Personas_ColumnsInAnotherOrder_AndWithoutTheOptionalOnes_AreRead()
    {
        var file = Import.Write(Files, "segments.csv.gz", "\uFEFFValid_From, Persona ,anonymous_id", "2026-01-31,student,b1\r");

        var summary = await Import.PersonasAsync(Target, Files, file);

        Assert.Equal((1, 1, 1, 0, 0), Outcome(summary));
        Assert.Equal("b1", Assert.Single(Rows())["anonymous_id"]);
    }

    [Fact]
    public async Task Personas_ImportedAgain_UnderAnotherNameAndWrittenOtherwise_AddNothing()
    {
        await Import.PersonasAsync(Target, Files, Import.Write(Files, "a.csv", Header, "ana,,student,2026-01-31,2026-06-30", "ben,,,2026-01-31,"));

        var again = await Import.PersonasAsync(
            Target, Files, Import.Write(Files, "b.csv", "persona,valid_until,valid_from,user_id", "student,2026-06-30T02:00+02,2026-01-31T00:00Z,ana", ",,2026-01-31,ben"));

        Assert.Equal((2, 2, 0, 2, 0), Outcome(again));
        Assert.Equal(2, Rows().Count);
    }

    [Fact]
    public async Task Personas_ThatDifferInAnyPart_AreDistinct()
    {
        var file = Import.Write(Files, "segments.csv", Header,
            "1,,student,2026-01-31,",
            "2,,student,2026-01-31,",
            ",1,student,2026-01-31,",                               // an anonymous subject, not user 1
            "1,,regular,2026-01-31,",
            "1,,student,2026-02-01,",
            "1,,student,2026-01-31,2026-06-30");

        var summary = await Import.PersonasAsync(Target, Files, file);

        Assert.Equal((6, 6, 6, 0, 0), Outcome(summary));
    }

    [Theory]
    [InlineData("ana,,student,2026-01-31", "column_count")]
    [InlineData("ana,,student,2026-01-31,,", "column_count")]
    [InlineData(" ,,student,2026-01-31,", "missing_customer")]
    [InlineData("ana,,student,,", "date_invalid")]
    [InlineData("ana,,student,31.01.2026,", "date_invalid")]
    [InlineData("ana,,student,2026-02-30,", "date_invalid")]
    [InlineData("ana,,student,2026-01-31,soon", "date_invalid")]
    [InlineData("ana,,student,2026-01-31,9999-12-31", "date_invalid")]
    [InlineData("ana,,student,2026-01-31,2026-01-31", "period_invalid")]
    [InlineData("ana,,student,2026-01-31T00:30:00+01:00,2026-01-30", "period_invalid")]
    [InlineData("\"ana,,student,2026-01-31,", "quote_open")]
    [InlineData("\"ana\"x,,student,2026-01-31,", "quote_invalid")]
    public async Task Personas_MalformedLine_IsRejectedWithReason_AndNoOtherIsAffected(string line, string reason)
    {
        var file = Import.Write(Files, "segments.csv", Header, "ben,,student,2026-01-31,", line, "", "eva,,student,2026-01-31,");

        var summary = await Import.PersonasAsync(Target, Files, file);

        Assert.Equal((3, 2, 2, 0, 1), Outcome(summary));
        Assert.Equal([reason], summary.Counts.RejectedByReason.Keys);
        Assert.Equal(["ben", "eva"], Rows().Select(row => row["user_id"]));
        var rejects = await File.ReadAllLinesAsync(summary.RejectsFile!, TestContext.Current.CancellationToken);
        Assert.StartsWith($"\"{file}\",3,{reason},", rejects[1], StringComparison.Ordinal);
        Assert.EndsWith($"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", rejects[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("persona,valid_from", "lacks user_id or anonymous_id;")]
    [InlineData("user_id,valid_until", "lacks persona, valid_from;")]
    [InlineData("user_id,persona,valid_from,valid_untill,note", "has unknown columns \"valid_untill\", \"note\"; known are user_id, anonymous_id,")]
    [InlineData("user_id,persona,valid_from,Persona", "has more than once persona;")]
    [InlineData("user_id;persona;valid_from", "lacks user_id or anonymous_id, persona, valid_from and has unknown columns \"user_id;persona;valid_from\";")]
    [InlineData("\"user_id,persona,valid_from", "a quote is opened and not closed")]
    public async Task Personas_HeaderOfOtherColumns_IsAnErrorThatNamesThem(string header, string message)
    {
        var file = Import.Write(Files, "segments.csv", header, "ana,student,2026-01-31");

        var error = await Assert.ThrowsAsync<MapMismatchException>(() => Import.PersonasAsync(Target, Files, file));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(Rows());
    }

    private static (long Lines, long Events, long Accepted, long Duplicates, long Rejected) Outcome(ImportSummary summary) =>
        (summary.Counts.Lines, summary.Counts.Events, summary.Counts.Accepted, summary.Counts.Duplicates, summary.Counts.Rejected);

    private List<Dictionary<string, object?>> Rows() =>
        RowReader.ReadDirectory(Path.Combine(_directory.Path, "data", "spool"));
}
