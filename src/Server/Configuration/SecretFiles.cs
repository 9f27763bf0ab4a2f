using System.Collections;
using LifecycleMetrics.Server.Verbs;

namespace LifecycleMetrics.Server.Configuration;

/// <summary>Secrets given as files: LIFECYCLE_Email__Smtp__Password_FILE names the file that holds Email:Smtp:Password.</summary>
internal static class SecretFiles
{
    private const string Suffix = "_FILE";

    /// <exception cref="UsageException">A named file can't be read.</exception>
    public static Dictionary<string, string?> Read(IDictionary environment, string prefix)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in environment)
        {
            var name = (string)variable.Key;
            if (!name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || !name.EndsWith(Suffix, StringComparison.Ordinal)) continue;
            var key = name[prefix.Length..^Suffix.Length].Replace("__", ":", StringComparison.Ordinal);
            settings[key] = ReadOne(name, (string?)variable.Value ?? "");
        }

        return settings;
    }

    private static string ReadOne(string variable, string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{variable} names the file '{path}', which can't be read: {e.Message}");
        }
    }
}
