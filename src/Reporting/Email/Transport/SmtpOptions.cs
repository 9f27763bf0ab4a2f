using Microsoft.Extensions.Configuration;

namespace LifecycleMetrics.Reporting.Email.Transport;

/// <summary>The mail server (configuration section <c>Email:Smtp</c>).</summary>
public sealed class SmtpOptions
{
    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    /// <summary>Whether the connection must turn to TLS (STARTTLS) before anything is sent. A server that can't is refused.</summary>
    public bool StartTls { get; set; } = true;

    /// <summary>User name; empty for none.</summary>
    public string User { get; set; } = "";

    /// <summary>Password. Never logged.</summary>
    public string Password { get; set; } = "";

    /// <summary>File that holds the password, in place of <see cref="Password"/>.</summary>
    [ConfigurationKeyName("Password_FILE")]
    public string PasswordFile { get; set; } = "";

    /// <summary>How long one message may take. When it is over nobody knows whether the message went out, so it counts as uncertain.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    internal string ReadPassword() => PasswordFile.Length > 0 ? File.ReadAllText(PasswordFile).TrimEnd('\r', '\n') : Password;
}
