using System.Net.Mail;

namespace LifecycleMetrics.Reporting.Email.Transport;

/// <summary>Writes each message as an .eml file that any mail program opens. The default: nothing leaves the machine.</summary>
public sealed class FileDropTransport(string directory) : IMailTransport
{
    public async Task<DeliveryResult> SendAsync(ReportMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var target = Path.GetFullPath(Path.Combine(directory, message.FileName + ".eml"));

        // The mail client names the file itself; in a folder of its own it is found, and moving it makes it whole or absent.
        var workshop = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(directory), ".partial", Guid.NewGuid().ToString("N")));
        try
        {
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = workshop.FullName };
            using var mail = message.ToMailMessage();
            await client.SendMailAsync(mail, cancellationToken);
            File.Move(workshop.EnumerateFiles("*.eml").Single().FullName, target, overwrite: true);
            return new DeliveryResult(DeliveryOutcome.Sent, target);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SmtpException)
        {
            return new DeliveryResult(DeliveryOutcome.Deferred, failure.Message);
        }
        finally
        {
            workshop.Delete(recursive: true);
        }
    }
}
