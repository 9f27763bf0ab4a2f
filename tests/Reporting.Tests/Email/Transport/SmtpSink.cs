using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LifecycleMetrics.Reporting.Tests.Email.Transport;

/// <summary>A real mail server (Debian's python3-aiosmtpd) that keeps what it gets.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;
    private readonly DirectoryInfo _directory;

    private SmtpSink(Process process, DirectoryInfo directory, int port)
    {
        _process = process;
        _directory = directory;
        Port = port;
    }

    public int Port { get; }

    /// <summary>The messages in the order they came.</summary>
    public IReadOnlyList<(string Name, string Text)> Messages =>
        [.. _directory.GetFiles("*.eml").OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => (file.Name, File.ReadAllText(file.FullName)))];

    /// <param name="withTls">Whether it asks for STARTTLS and the login ann, s3cret.</param>
    public static async Task<SmtpSink> StartAsync(bool withTls = false)
    {
        if (!await IsInstalledAsync())
        {
            const string Reason = "The mail server for tests is missing: apt-get install python3-aiosmtpd";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Reason);
            Assert.Fail(Reason);
        }

        var directory = Directory.CreateTempSubdirectory("lm-smtp-");
        var script = Path.Combine(AppContext.BaseDirectory, "Email", "Transport", "smtp_sink.py");
        string[] arguments = withTls ? [script, directory.FullName, .. WriteCertificate(directory)] : [script, directory.FullName];
        var process = Process.Start(new ProcessStartInfo(Python, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new SmtpSink(process, directory, int.Parse(line!, CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private static async Task<bool> IsInstalledAsync()
    {
        if (!File.Exists(Python)) return false;
        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import aiosmtpd"]) { UseShellExecute = false, RedirectStandardError = true })!;
        await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
        return probe.ExitCode == 0;
    }

    private static string[] WriteCertificate(DirectoryInfo directory)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        string[] paths = [Path.Combine(directory.FullName, "cert.pem"), Path.Combine(directory.FullName, "key.pem")];
        File.WriteAllText(paths[0], certificate.ExportCertificatePem());
        File.WriteAllText(paths[1], key.ExportPkcs8PrivateKeyPem());
        return paths;
    }
}
