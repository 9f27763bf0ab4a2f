using System.Net.Mail;
using LifecycleMetrics.Reporting.Email.Definitions;

namespace LifecycleMetrics.Reporting.Email.Delivery;

/// <summary>Who gets a report, and where mail may go.</summary>
internal static class RecipientRules
{
    /// <summary>The report's own recipients, or else those of the settings; each address once.</summary>
    public static IReadOnlyList<ReportRecipient> Of(ReportDefinition definition, EmailOptions options)
    {
        var recipients = definition.Recipients.Count > 0
            ? definition.Recipients
            : options.Recipients.Select(address => new ReportRecipient(address, null));
        return [.. recipients.DistinctBy(recipient => recipient.Address, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Exact domains; without any, everything is allowed, which the settings permit for the file drop only.</summary>
    public static bool IsAllowed(MailAddress address, EmailOptions options) =>
        options.AllowedDomains.Count == 0
        || options.AllowedDomains.Any(domain => domain == "*" || domain.Equals(address.Host, StringComparison.OrdinalIgnoreCase));
}
