using System.Globalization;
using System.Text;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.DeadLettering;

/// <summary>
/// Which dead letters were replayed and how that ended, one line each, <c>ID OUTCOME TIME</c>; the last line of an id holds.
/// </summary>
public sealed class ReplayMarks
{
    private readonly string _path;
    private readonly IDisk _disk;
    private readonly Dictionary<string, ReplayOutcome> _outcomes = [];

    internal ReplayMarks(string dataDirectory, IDisk disk)
    {
        _path = Path.Combine(dataDirectory, "replayed-dead-letters.log");
        _disk = disk;
    }

    /// <summary>The marks of a data directory.</summary>
    public static ReplayMarks Load(string dataDirectory) => Load(dataDirectory, new Disk());

    internal static ReplayMarks Load(string dataDirectory, IDisk disk)
    {
        var marks = new ReplayMarks(dataDirectory, disk);
        if (!File.Exists(marks._path))
            return marks;
        foreach (var line in File.ReadLines(marks._path))
        {
            var parts = line.Split(' ');
            if (parts.Length == 3 && Enum.TryParse<ReplayOutcome>(parts[1], ignoreCase: true, out var outcome))
                marks._outcomes[parts[0]] = outcome;
        }

        return marks;
    }

    /// <summary>How the replay of a letter ended; null if it was not replayed.</summary>
    public ReplayOutcome? Find(string id) => _outcomes.TryGetValue(id, out var outcome) ? outcome : null;

    /// <summary>Adds marks; they are safe on disk on return.</summary>
    /// <exception cref="IOException">They may not be.</exception>
    internal void Add(IReadOnlyList<(string Id, ReplayOutcome Outcome)> marks, DateTimeOffset at)
    {
        var text = new StringBuilder();
        foreach (var (id, outcome) in marks)
        {
            _outcomes[id] = outcome;
            text.Append(CultureInfo.InvariantCulture, $"{id} {outcome.ToString().ToLowerInvariant()} {at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\n");
        }

        var isNew = !File.Exists(_path);
        using (var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read))
        {
            EndTornLine(file);
            file.Write(Encoding.ASCII.GetBytes(text.ToString()));
            file.Flush();
            _disk.SyncData(file.SafeFileHandle);
        }

        if (isNew)
            _disk.SyncDirectory(Path.GetDirectoryName(_path)!);
    }

    private static void EndTornLine(FileStream file)
    {
        if (file.Length == 0)
            return;
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n')
            file.WriteByte((byte)'\n');
    }
}
