using System.Globalization;
using System.Runtime.CompilerServices;
using LifecycleMetrics.Ingest.Importing;

namespace LifecycleMetrics.Ingest.DeadLettering;

/// <summary>Reads the dead letters of a data directory, also while a server adds to them.</summary>
/// <param name="dataDirectory">The server's data directory.</param>
public sealed class DeadLetterFiles(string dataDirectory)
{
    // An event that is too large is kept whole, so a line may be as long as the largest body.
    private const int MaxLineBytes = 256 * 1024 * 1024;

    /// <summary>Lines that are no dead letters: torn by a crash, or edited.</summary>
    public long Unreadable { get; private set; }

    /// <summary>The letters that are meant with their lines, oldest first. The line is valid until the next.</summary>
    public async IAsyncEnumerable<(DeadLetter Letter, ReadOnlyMemory<byte> Line)> ReadAsync(
        DeadLetterFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var path in Days(filter))
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using var lines = new LineReader(path, file, MaxLineBytes);
            while (await lines.ReadAsync(cancellationToken) is { } line)
            {
                if (DeadLetter.Parse(line.Utf8) is not { } letter)
                    Unreadable++;
                else if (filter.Accepts(letter))
                    yield return (letter, line.Utf8);
            }
        }
    }

    private IEnumerable<string> Days(DeadLetterFilter filter)
    {
        var directory = Path.Combine(dataDirectory, "dead-letters");
        if (!Directory.Exists(directory))
            return [];
        return Directory.GetFiles(directory, "*.ndjson")
            .Where(path => DateOnly.TryParseExact(
                Path.GetFileNameWithoutExtension(path), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && filter.MayBeOn(day))
            .Order(StringComparer.Ordinal);
    }
}
