using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary><c>Prefer: odata.maxpagesize=n</c>, also without the prefix as in 4.01.</summary>
internal static class PageSizePreference
{
    /// <summary>The page size to use, and whether the client's wish decided it.</summary>
    public static (int PageSize, bool Applied) Of(HttpRequest request, ODataOptions options)
    {
        foreach (var header in request.Headers["Prefer"])
        {
            foreach (var preference in (header ?? "").Split(',', ';'))
            {
                var parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
                if (parts is [var name, var value]
                    && (name.Equals("odata.maxpagesize", StringComparison.OrdinalIgnoreCase)
                        || name.Equals("maxpagesize", StringComparison.OrdinalIgnoreCase))
                    && int.TryParse(value.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                    && size > 0)
                {
                    return (Math.Min(size, options.MaxPageSize), true);
                }
            }
        }

        return (options.DefaultPageSize, false);
    }
}
