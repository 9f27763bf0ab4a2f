using System.Net;
using System.Net.Mail;
using System.Net.Sockets;

namespace LifecycleMetrics.Reporting.Email.Transport;

/// <summary>Hands messages to a mail server: STARTTLS, then AUTH where a user is set.</summary>
public sealed class SmtpTransport(SmtpOptions options) : IMailTransport
{
    public async Task<DeliveryResult> SendAsync(ReportMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Timeout);
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.StartTls };
        if (options.User.Length > 0) client.Credentials = new NetworkCredential(options.User, options.ReadPassword());
        using var mail = message.ToMailMessage();
        try
        {
            await client.SendMailAsync(mail, timeout.Token);
            return new DeliveryResult(DeliveryOutcome.Sent, $"{options.Host}:{options.Port} took it");
        }
        catch (OperationCanceledException)
        {
            return new DeliveryResult(DeliveryOutcome.Uncertain, $"no answer from {options.Host}:{options.Port} in time");
        }
        catch (SmtpException failure)
        {
            return new DeliveryResult(Judge(failure), Describe(failure));
        }
    }

    private static DeliveryOutcome Judge(SmtpException failure) => (int)failure.StatusCode switch
    {
        >= 400 and < 500 => DeliveryOutcome.Deferred,
        >= 500 and < 600 => DeliveryOutcome.Refused,

        // No answer code: when the connection was never made nothing was sent.
        _ when Causes(failure).OfType<SocketException>().Any(IsBeforeConnection) => DeliveryOutcome.Deferred,
        _ when Causes(failure).Any(cause => cause is System.Security.Authentication.AuthenticationException) => DeliveryOutcome.Refused,
        _ => DeliveryOutcome.Uncertain,
    };

    private static bool IsBeforeConnection(SocketException cause) => cause.SocketErrorCode
        is SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData
        or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown;

    private static string Describe(SmtpException failure) =>
        string.Join(" ", Causes(failure).Select(cause => cause.Message).Distinct());

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException) yield return cause;
    }
}
