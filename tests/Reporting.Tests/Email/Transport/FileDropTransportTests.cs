using LifecycleMetrics.Reporting.Email.Transport;

namespace LifecycleMetrics.Reporting.Tests.Email.Transport;

public sealed class FileDropTransportTests
{
    [Fact]
    public async Task Send_Twice_LeavesOneFile()
    {
        var directory = Directory.CreateTempSubdirectory("lm-drop-");
        try
        {
            var transport = new FileDropTransport(Path.Combine(directory.FullName, "drop"));
            var message = SomeMessage.To("ann@example.com");
            await transport.SendAsync(message, TestContext.Current.CancellationToken);
            var result = await transport.SendAsync(message, TestContext.Current.CancellationToken);
            var file = Assert.Single(directory.GetFiles("*.eml", SearchOption.AllDirectories));
            Assert.Equal((DeliveryOutcome.Sent, file.FullName), (result.Outcome, result.Detail));
            Assert.StartsWith("executive-weekly-20261109T070000-", file.Name, StringComparison.Ordinal);
            Assert.Contains("multipart/mixed", File.ReadAllText(file.FullName), StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void MessageId_DependsOnReportSlotAndRecipientAlone()
    {
        var first = SomeMessage.To("ann@example.com");
        Assert.Equal(first.MessageId, SomeMessage.To("Ann@Example.com").MessageId);
        Assert.NotEqual(first.MessageId, SomeMessage.To("bob@example.com").MessageId);
        Assert.NotEqual(first.MessageId, (first with { SlotAt = first.SlotAt.AddDays(7) }).MessageId);
    }
}
