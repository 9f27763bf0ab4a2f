using System.Data.Common;
using System.Globalization;

namespace ClickHouse.Data;

/// <summary>
/// <c>Host=…;Port=8123;Username=…;Password=…;Database=…;set_max_threads=4</c>. Unknown keywords are refused; keywords
/// that start with <c>set_</c> are ClickHouse settings that every query of the data source gets.
/// </summary>
public sealed class ClickHouseConnectionStringBuilder : DbConnectionStringBuilder
{
    private const string SettingPrefix = "set_";

    private static readonly Dictionary<string, string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Host"] = "Host",
        ["Server"] = "Host",
        ["Port"] = "Port",
        ["Protocol"] = "Protocol",
        ["Username"] = "Username",
        ["User"] = "Username",
        ["User Id"] = "Username",
        ["Password"] = "Password",
        ["Database"] = "Database",
        ["Timeout"] = "Timeout",
        ["Compression"] = "Compression",
        ["Path"] = "Path",
    };

    public ClickHouseConnectionStringBuilder()
    {
    }

    /// <exception cref="ArgumentException">A keyword is unknown or a value is not valid.</exception>
    public ClickHouseConnectionStringBuilder(string connectionString)
    {
        ConnectionString = connectionString;
        foreach (string keyword in Keys)
        {
            if (!Keywords.ContainsKey(keyword) && !IsSetting(keyword))
            {
                throw new ArgumentException(
                    $"The connection string has an unknown keyword '{keyword}'. Known are {string.Join(", ", Keywords.Values.Distinct(StringComparer.Ordinal))} and {SettingPrefix}<setting>.",
                    nameof(connectionString));
            }
        }

        // Faults show here rather than at the first query.
        _ = (Port, Protocol, Timeout, Compression);
    }

    /// <summary>Default localhost.</summary>
    public string Host
    {
        get => Get("localhost");
        set => Set(value);
    }

    /// <summary>Default 8123, with https 8443.</summary>
    public int Port
    {
        get => Whole(Get(IsSecure ? "8443" : "8123"), "Port", 1, 65535);
        set => Set(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>http (default) or https.</summary>
    public string Protocol
    {
        get => Get("http") is var text && text.ToUpperInvariant() is "HTTP" or "HTTPS" ? text : throw Invalid("Protocol", "http or https");
        set => Set(value);
    }

    /// <summary>Default "default".</summary>
    public string Username
    {
        get => Get("default");
        set => Set(value);
    }

    public string Password
    {
        get => Get(string.Empty);
        set => Set(value);
    }

    /// <summary>Default "default".</summary>
    public string Database
    {
        get => Get("default");
        set => Set(value);
    }

    /// <summary>The default of a command's timeout, in seconds or as hh:mm:ss; default 30 s, 0 for none.</summary>
    public TimeSpan Timeout
    {
        get => ParseTimeout(Get("30"));
        set => Set(value.TotalSeconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Of responses: none (default), gzip or br. Measured on loopback, every compression costs more than it saves.</summary>
    public ClickHouseCompression Compression
    {
        get => Get("none").ToUpperInvariant() switch
        {
            "NONE" or "FALSE" => ClickHouseCompression.None,
            "GZIP" or "TRUE" => ClickHouseCompression.Gzip,
            "BR" or "BROTLI" => ClickHouseCompression.Brotli,
            _ => throw Invalid("Compression", "none, gzip or br"),
        };
        set => Set(value switch { ClickHouseCompression.Gzip => "gzip", ClickHouseCompression.Brotli => "br", _ => "none" });
    }

    /// <summary>The path under which a proxy offers ClickHouse; default none.</summary>
    public string Path
    {
        get => Get(string.Empty);
        set => Set(value);
    }

    /// <summary>The settings (<c>set_…</c>), by name without the prefix.</summary>
    public IReadOnlyDictionary<string, string> Settings => Keys.Cast<string>().Where(IsSetting).ToDictionary(
        keyword => keyword[SettingPrefix.Length..],
        keyword => Convert.ToString(base[keyword], CultureInfo.InvariantCulture) ?? string.Empty,
        StringComparer.Ordinal);

    internal bool IsSecure => string.Equals(Protocol, "https", StringComparison.OrdinalIgnoreCase);

    internal Uri Endpoint => new UriBuilder(IsSecure ? "https" : "http", Host, Port, Path.Length == 0 ? "/" : Path).Uri;

    /// <summary>The connection string with the password left out, for messages and logs.</summary>
    public string ToRedactedString()
    {
        var copy = new DbConnectionStringBuilder { ConnectionString = ConnectionString };
        copy.Remove("Password");
        return copy.ConnectionString;
    }

    private static bool IsSetting(string keyword) =>
        keyword.StartsWith(SettingPrefix, StringComparison.OrdinalIgnoreCase) && keyword.Length > SettingPrefix.Length;

    private static int Whole(string text, string keyword, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw Invalid(keyword, string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"));

    private static TimeSpan ParseTimeout(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero ? span
        : throw Invalid("Timeout", "a number of seconds or hh:mm:ss");

    private static ArgumentException Invalid(string keyword, string expected) =>
        new($"The connection string's {keyword} must be {expected}.", keyword);

    private string Get(string fallback, [System.Runtime.CompilerServices.CallerMemberName] string keyword = "")
    {
        foreach (var (alias, canonical) in Keywords)
        {
            if (string.Equals(canonical, keyword, StringComparison.Ordinal) && TryGetValue(alias, out var value))
            {
                return Convert.ToString(value, CultureInfo.InvariantCulture) ?? fallback;
            }
        }

        return fallback;
    }

    private void Set(string value, [System.Runtime.CompilerServices.CallerMemberName] string keyword = "") => base[keyword] = value;
}
