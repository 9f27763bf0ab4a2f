using System.Globalization;
using System.IO.Compression;
using LifecycleMetrics.Sql.Tests.Examples;

namespace LifecycleMetrics.Sql.Tests.RealData;

/// <summary>
/// Purchases of the CDNOW data set (B. Hardie), which may lie in a folder <c>shared/data</c> beside the repository or above
/// it; the product does not need it.
/// </summary>
internal static class CdnowFile
{
    private const string Folder = "shared/data";

    /// <summary>The purchases of a file as orders at noon; skips the test, saying why, where there is no such file.</summary>
    public static IReadOnlyList<ExampleEvent> Orders(string name)
    {
        var path = Directories()
            .Select(directory => Path.Combine(directory, Folder, name))
            .FirstOrDefault(File.Exists);
        if (path is null) Assert.Skip($"{Folder}/{name} is neither beside this repository nor above it.");

        using var file = File.OpenRead(path);
        using Stream content = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        return [.. Lines(reader).Select(Order).OfType<ExampleEvent>()];
    }

    private static IEnumerable<string> Directories()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            yield return directory.FullName;
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line) yield return line;
    }

    // Customer, in the sample followed by a second id, date, number of CDs, dollars. The larger file has a header.
    private static ExampleEvent? Order(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4 || !char.IsAsciiDigit(words[0][0])) return null;
        return new ExampleEvent(
            DateTime.ParseExact(
                words[^3], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal).AddHours(12),
            words[0],
            "Order Completed",
            decimal.Parse(words[^1], CultureInfo.InvariantCulture),
            "USD",
            new Dictionary<string, string>());
    }
}
