using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>Finds the write key in the headers of a request.</summary>
internal static class WriteKeyHeaders
{
    /// <summary>The keys a request offers: Basic (user name, password), Bearer, X-Api-Key. Empty if it offers none.</summary>
    public static IReadOnlyList<string> Read(IHeaderDictionary headers)
    {
        var keys = new List<string>(2);
        foreach (var value in headers.Authorization)
        {
            if (!AuthenticationHeaderValue.TryParse(value, out var header) || header.Parameter is not { Length: > 0 } parameter)
                continue;
            if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
                keys.Add(parameter);
            else if (header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
                AddBasic(keys, parameter);
        }

        foreach (var value in headers["X-Api-Key"])
        {
            if (value is { Length: > 0 })
                keys.Add(value);
        }

        return keys;
    }

    private static void AddBasic(List<string> keys, string parameter)
    {
        var bytes = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, bytes, out var written))
            return;
        foreach (var field in Encoding.UTF8.GetString(bytes, 0, written).Split(':', 2))
        {
            if (field.Length > 0)
                keys.Add(field);
        }
    }
}
