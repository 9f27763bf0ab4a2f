using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.OData;

internal sealed class ODataOptionsValidator : IValidateOptions<ODataOptions>
{
    public ValidateOptionsResult Validate(string? name, ODataOptions options)
    {
        var faults = new List<string>();
        if (options.PublicBaseUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
            faults.Add($"{ODataOptions.Section}:PublicBaseUrl must be an absolute http or https URL.");
        if (options.DefaultPageSize < 1)
            faults.Add($"{ODataOptions.Section}:DefaultPageSize must be at least 1.");
        if (options.MaxPageSize < options.DefaultPageSize)
            faults.Add($"{ODataOptions.Section}:MaxPageSize must be at least DefaultPageSize.");
        if (options.QueryTimeout <= TimeSpan.Zero)
            faults.Add($"{ODataOptions.Section}:QueryTimeout must be positive.");
        if (options.SchemaRefresh <= TimeSpan.Zero)
            faults.Add($"{ODataOptions.Section}:SchemaRefresh must be positive.");
        if (options.PageTokenKey is { } key && !HasAtLeast32Bytes(key))
            faults.Add($"{ODataOptions.Section}:PageTokenKey must be base64 of at least 32 bytes.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool HasAtLeast32Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) && length >= 32;
    }
}
