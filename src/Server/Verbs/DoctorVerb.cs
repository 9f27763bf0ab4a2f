using System.CommandLine;
using LifecycleMetrics.Server.Doctor;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>doctor: looks at everything a server needs, and says what is wrong and what to do.</summary>
internal static class DoctorVerb
{
    public static Command Command()
    {
        var command = new Command("doctor", "Check what a server needs on this machine.").WithCommonOptions();
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(CommonOptions.Data).FullName,
            parsed.GetRequiredValue(CommonOptions.Urls),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string dataDirectory, string urls, CancellationToken cancellationToken)
    {
        var failed = 0;
        await foreach (var finding in Examination.RunAsync(dataDirectory, urls, cancellationToken))
        {
            Console.WriteLine($"{(finding.IsGood ? "ok  " : "FAIL")}  {finding.Subject,-12}  {finding.Text}");
            if (!finding.IsGood) failed++;
        }

        Console.WriteLine(failed == 0 ? "Everything is in order." : $"{failed} to put right.");
        return failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
