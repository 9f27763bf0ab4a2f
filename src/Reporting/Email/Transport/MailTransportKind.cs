namespace LifecycleMetrics.Reporting.Email.Transport;

/// <summary>How messages leave.</summary>
public enum MailTransportKind
{
    /// <summary>As .eml files in a folder.</summary>
    File,

    /// <summary>Over SMTP.</summary>
    Smtp,
}
