using LifecycleMetrics.Reporting.Email.Transport;

namespace LifecycleMetrics.Reporting.Email;

/// <summary>Settings of e-mail reports (configuration section <c>Email</c>).</summary>
public sealed class EmailOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Email";

    /// <summary>Whether schedules run. Off by default: nothing leaves the machine unless somebody asks for it. Preview and send by hand work either way.</summary>
    public bool Enabled { get; set; }

    /// <summary>Folder of the report definitions; a relative path begins at the program's folder.</summary>
    public string ReportsDirectory { get; set; } = "reports";

    /// <summary>Sender, also the address that unsubscribe requests go to.</summary>
    public string From { get; set; } = "LifecycleMetrics <reports@localhost>";

    /// <summary>Who gets the reports that name no recipients of their own.</summary>
    public IList<string> Recipients { get; } = [];

    /// <summary>Domains mail may go to, such as example.com; an address of another domain is refused. SMTP needs at least one; * allows all.</summary>
    public IList<string> AllowedDomains { get; } = [];

    /// <summary>Where the mail's reader reaches this server; links begin with it.</summary>
    public Uri PublicUrl { get; set; } = new("http://127.0.0.1:8080/");

    /// <summary>How messages leave: File (default) or Smtp.</summary>
    public MailTransportKind Transport { get; set; } = MailTransportKind.File;

    /// <summary>Folder .eml files are dropped into; relative to the data folder.</summary>
    public string DropDirectory { get; set; } = "mail-drop";

    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Waits between the tries of a message that the mail server puts off (4xx) or that can't be handed to it. After the last one it counts as failed.</summary>
    public IList<TimeSpan> RetryDelays { get; } = [];

    /// <summary>What holds when <see cref="RetryDelays"/> is empty: about an hour in all.</summary>
    public static IReadOnlyList<TimeSpan> DefaultRetryDelays { get; } =
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(45)];
}
