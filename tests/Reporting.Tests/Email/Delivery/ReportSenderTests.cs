using LifecycleMetrics.Reporting.Email;
using LifecycleMetrics.Reporting.Email.Definitions;
using LifecycleMetrics.Reporting.Email.Delivery;
using LifecycleMetrics.Reporting.Email.Rendering;
using LifecycleMetrics.Reporting.Email.Transport;
using LifecycleMetrics.Reporting.Schedules;
using LifecycleMetrics.Reporting.Tests.Email.Rendering;
using LifecycleMetrics.Reporting.Tests.Email.Transport;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Storage.Ledger;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Tests.Email.Delivery;

/// <summary>From the schedule through the database to a real mail server.</summary>
public sealed class ReportSenderTests(EngineFixture engine)
{
    private static readonly DateTimeOffset Slot = SomeMessage.Slot;

    [Fact]
    public async Task Send_ToFour_SendsRetriesRefusesAndRemembers()
    {
        await using var database = await SomeShop.CreateAsync(engine);
        await using var sink = await SmtpSink.StartAsync();
        var sender = Sender(database, sink, out var log);
        var report = ReportTo("ann@example.com", "later@example.com", "never@example.com", "eve@elsewhere.org");
        var first = await sender.SendAsync(report, Slot, isResume: false, TestContext.Current.CancellationToken);
        Assert.Equal(
            [("ann@example.com", DeliveryStatus.Sent, 1), ("eve@elsewhere.org", DeliveryStatus.Refused, 1), ("later@example.com", DeliveryStatus.Sent, 2), ("never@example.com", DeliveryStatus.Refused, 1)],
            first.OrderBy(record => record.Recipient, StringComparer.Ordinal).Select(record => (record.Recipient, record.Status, record.Attempt)));
        Assert.Equal(2, sink.Messages.Count);

        // Once more, as after a restart: nobody gets a second mail.
        var second = await sender.SendAsync(report, Slot, isResume: false, TestContext.Current.CancellationToken);
        Assert.Equal(first.Select(record => (record.Recipient, record.Status)).Order(), second.Select(record => (record.Recipient, record.Status)).Order());
        Assert.Equal(2, sink.Messages.Count);
        Assert.Equal(4, (await log.ReadSlotAsync(report.Definition.Id, Slot, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Send_KeepsWhatWasMailed_AndSaysWhatChangedSince()
    {
        await using var database = await SomeShop.CreateAsync(engine);
        await using var sink = await SmtpSink.StartAsync();
        await Sender(database, sink, out _).SendAsync(ReportTo("ann@example.com"), Slot, isResume: false, TestContext.Current.CancellationToken);
        Assert.Equal(1, await CountAsync(
            database,
            "select uniqExact(publication_id) from published_value where publication_kind = 'report' and view_name = 'kpi_revenue' and dimension = 'all'"));

        // As if another order of 10.00 had been published.
        await using (var connection = await database.Writer.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "alter table published_value update numerator = numerator + 1000, value = value + 1000 where metric = 'net_revenue' settings mutations_sync = 1";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await new PublicationLedger(database.Writer).CheckAsync(DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        Assert.Equal(1, await CountAsync(
            database,
            "select count() from dim_restatement where metric = 'net_revenue' and change = -1000 and further_key = 'currency=EUR'"));
        Assert.Equal(0, await CountAsync(database, "select count() from dim_restatement where metric != 'net_revenue'"));
    }

    [Fact]
    public async Task Send_AfterACrashInTheMiddle_MarksUncertainAndSendsTheRest()
    {
        await using var database = await SomeShop.CreateAsync(engine);
        await using var sink = await SmtpSink.StartAsync();
        var sender = Sender(database, sink, out var log);
        var report = ReportTo("ann@example.com", "bob@example.com", "new@example.com");
        await log.WriteAsync(Record("ann@example.com", DeliveryStatus.Sending), TestContext.Current.CancellationToken);
        await log.WriteAsync(Record("bob@example.com", DeliveryStatus.Waiting), TestContext.Current.CancellationToken);
        var results = await sender.SendAsync(report, Slot, isResume: true, TestContext.Current.CancellationToken);
        Assert.Equal(
            [("ann@example.com", DeliveryStatus.Uncertain), ("bob@example.com", DeliveryStatus.Sent)],
            results.Select(record => (record.Recipient, record.Status)).Order());
        Assert.Contains("bob@example.com", Assert.Single(sink.Messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CatchUp_AfterDowntime_SendsTheLatestSlotAndListsTheRest()
    {
        await using var database = await SomeShop.CreateAsync(engine);
        await using var sink = await SmtpSink.StartAsync();
        var sender = Sender(database, sink, out var log);
        var report = ReportTo("ann@example.com");
        var options = Options.Create(new EmailOptions { Enabled = true, Recipients = { "ann@example.com" } });
        using var scheduler = new ReportScheduler(
            ReportCatalog.Load(Path.Combine(AppContext.BaseDirectory, "reports"), new LifecycleMetrics.Reporting.Email.Templates.TemplateEngine()),
            sender, log, options, TimeProvider.System, NullLogger<ReportScheduler>.Instance);

        // The first start sends nothing of the past.
        await scheduler.CatchUpAsync(report, Slot.AddDays(-15), isResume: true, TestContext.Current.CancellationToken);
        Assert.Empty(sink.Messages);

        // Two weeks later two slots have passed.
        await scheduler.CatchUpAsync(report, Slot.AddHours(3), isResume: true, TestContext.Current.CancellationToken);
        await scheduler.CatchUpAsync(report, Slot.AddHours(4), isResume: false, TestContext.Current.CancellationToken);
        Assert.Single(sink.Messages);
        var records = await log.ReadLatestAsync(report.Definition.Id, 10, TestContext.Current.CancellationToken);
        Assert.Equal(
            [(Slot, DeliveryStatus.Sent), (Slot.AddDays(-7), DeliveryStatus.Missed), (Slot.AddDays(-14), DeliveryStatus.Missed), (Slot.AddDays(-15), DeliveryStatus.Waiting)],
            records.Select(record => (record.SlotAt, record.Status)));
    }

    private static async Task<long> CountAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.Writer.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static ReportSender Sender(TestDatabase database, SmtpSink sink, out DeliveryLog log)
    {
        var options = Options.Create(new EmailOptions
        {
            From = "Reports <reports@example.com>",
            AllowedDomains = { "example.com" },
            RetryDelays = { TimeSpan.FromMilliseconds(1) },
        });
        log = new DeliveryLog(database.Writer, TimeProvider.System);
        var preparation = new ReportPreparation(
            new ReportDataReader(database.Dashboards), new ReportRenderer(TimeProvider.System), Options.Create(new ReportSettings()), options);
        var transport = new SmtpTransport(new SmtpOptions { Host = "127.0.0.1", Port = sink.Port, StartTls = false });
        return new ReportSender(
            preparation, transport, log, new ReportPublication(new PublicationLedger(database.Writer), TimeProvider.System), options, TimeProvider.System, NullLogger<ReportSender>.Instance);
    }

    private static Report ReportTo(params string[] addresses)
    {
        var report = SomeReport.Shipped();
        return report with { Definition = report.Definition with { Recipients = [.. addresses.Select(address => new ReportRecipient(address, null))] } };
    }

    private static DeliveryRecord Record(string recipient, DeliveryStatus status) =>
        new("executive-weekly", Slot, recipient, status, 1, "", "");
}
