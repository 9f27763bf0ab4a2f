using System.Net.Mail;
using LifecycleMetrics.Reporting.Email.Transport;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Email;

/// <summary>Finds all faults of the e-mail settings at once.</summary>
internal sealed class EmailOptionsValidation : IValidateOptions<EmailOptions>
{
    public ValidateOptionsResult Validate(string? name, EmailOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(EmailOptions options)
    {
        if (!MailAddress.TryCreate(options.From, out _)) yield return $"Email:From '{options.From}' isn't an address; give one such as Reports <reports@example.com>.";
        foreach (var recipient in options.Recipients.Where(recipient => !MailAddress.TryCreate(recipient, out var parsed) || parsed.Address != recipient))
        {
            yield return $"Email:Recipients has '{recipient}', which isn't an address; give ann@example.com.";
        }

        if (!options.PublicUrl.IsAbsoluteUri || options.PublicUrl.Scheme is not ("http" or "https")) yield return $"Email:PublicUrl '{options.PublicUrl}' isn't an http or https address.";
        if (options.RetryDelays.Any(delay => delay < TimeSpan.Zero || delay > TimeSpan.FromDays(1))) yield return "Email:RetryDelays must lie between 0 and one day.";
        if (options.Transport != MailTransportKind.Smtp) yield break;
        if (options.AllowedDomains.Count == 0) yield return "Email:AllowedDomains is empty; name the domains mail may go to, or * for all.";
        if (options.Smtp.Host.Length == 0) yield return "Email:Smtp:Host is empty; name the mail server.";
        if (options.Smtp.Port is < 1 or > 65535 or 465) yield return $"Email:Smtp:Port {options.Smtp.Port} can't be used; give 587 or 25 (465, TLS from the first byte, isn't supported).";
        if (options.Smtp.Timeout <= TimeSpan.Zero) yield return "Email:Smtp:Timeout must be longer than nothing.";
        if (options.Smtp.User.Length > 0 && !options.Smtp.StartTls) yield return "Email:Smtp:User is set while StartTls is off; a password isn't sent in the clear.";
        if (options.Smtp is { Password.Length: > 0, PasswordFile.Length: > 0 }) yield return "Email:Smtp:Password and Email:Smtp:Password_FILE are both set; give one.";
        if (options.Smtp.PasswordFile.Length > 0 && !File.Exists(options.Smtp.PasswordFile)) yield return $"Email:Smtp:Password_FILE '{options.Smtp.PasswordFile}' doesn't exist.";
    }
}
