using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Access;

/// <summary>Reports every fault of the configured keys at once, by position, never printing a hash.</summary>
internal sealed class ReadKeyOptionsValidator : IValidateOptions<ReadKeyOptions>
{
    public ValidateOptionsResult Validate(string? name, ReadKeyOptions options)
    {
        var faults = new List<string>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Keys.Count; i++)
        {
            var key = options.Keys[i];
            var at = $"Reporting:Keys:{i}";
            if (key.Id.Length == 0 || !key.Id.All(char.IsAsciiLetterOrDigit))
                faults.Add($"{at}:Id must be letters and digits.");
            else if (!ids.Add(key.Id))
                faults.Add($"{at}:Id '{key.Id}' is used twice.");
            if (key.Scope is not ("read" or "admin"))
                faults.Add($"{at}:Scope must be read or admin.");
            if (key.Sha256.Length != 64 || !key.Sha256.All(char.IsAsciiHexDigit))
                faults.Add($"{at}:Sha256 must be the 64 hexadecimal digits of the key's SHA-256.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
