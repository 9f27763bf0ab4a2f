using System.CommandLine;
using System.Security.Cryptography;
using LifecycleMetrics.Server.Configuration;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>keys create: makes a key and prints it, once, with the settings that let it in. Nothing of it is stored here.</summary>
internal static class KeysVerb
{
    private static readonly string[] Scopes = ["write", "read", "admin"];

    public static Command Command()
    {
        var scope = new Option<string>("--scope") { Description = "write (send events), read (OData, dashboards) or admin.", Required = true };
        var id = new Option<string>("--id") { Description = "Name of the key in logs and events: letters and digits.", Required = true };
        var source = new Option<string?>("--source") { Description = "For write keys: source name of the events; the id if not given." };
        var create = new Command("create", "Make a key.") { scope, id, source };
        create.SetAction(parsed => Create(parsed.GetRequiredValue(scope), parsed.GetRequiredValue(id), parsed.GetValue(source)));
        return new Command("keys", "Keys for senders and readers.") { create }.WithCommonOptions();
    }

    private static int Create(string scope, string id, string? source)
    {
        if (!Scopes.Contains(scope)) throw new UsageException($"--scope '{scope}' is not known; give write, read or admin.");
        if (id.Length == 0 || !id.All(char.IsAsciiLetterOrDigit)) throw new UsageException($"--id '{id}' must be letters and digits.");
        var key = $"lm_{scope}_{id}_{RandomNumberGenerator.GetHexString(40, lowercase: true)}";
        var section = scope == "write" ? "Ingest" : "Reporting";
        Console.WriteLine(key);
        Console.WriteLine($"""

            The key is shown this once. To let it in, set for the server (N: the next free number):

            LIFECYCLE_{section}__Keys__N__Id={id}
            {(scope == "write" ? $"LIFECYCLE_Ingest__Keys__N__Source={source ?? id}" : $"LIFECYCLE_Reporting__Keys__N__Scope={scope}")}
            LIFECYCLE_{section}__Keys__N__Sha256={KeyHash.Of(key)}

            To revoke it, take these settings away and restart.
            """);
        return ExitCode.Done;
    }
}
