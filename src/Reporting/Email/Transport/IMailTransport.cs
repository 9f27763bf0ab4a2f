namespace LifecycleMetrics.Reporting.Email.Transport;

/// <summary>Takes messages away.</summary>
public interface IMailTransport
{
    /// <summary>Tries once. Refusals and lost connections are results, not exceptions.</summary>
    Task<DeliveryResult> SendAsync(ReportMessage message, CancellationToken cancellationToken);
}
