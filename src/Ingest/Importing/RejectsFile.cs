using System.Globalization;
using System.Text;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Collects refused lines in a CSV file, which comes into being with the first of them.</summary>
/// <param name="path">The file.</param>
/// <param name="keepBytes">What of a file that is there already stays; the rest is cut off.</param>
internal sealed class RejectsFile(string path, long keepBytes = 0) : IDisposable
{
    private StreamWriter? _writer;

    /// <summary>The file; null while nothing is refused.</summary>
    public string? Path => _writer is null && keepBytes == 0 ? null : path;

    /// <summary>The name for the rejects of files that are imported now.</summary>
    public static string NewPath(string directory, string source, TimeProvider time)
    {
        var name = string.Concat(source.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        var at = time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        return System.IO.Path.Combine(directory, $"{name}-{at}.csv");
    }

    public void Add(string file, long line, string reason, string message, string text)
    {
        _writer ??= Open();
        var number = line.ToString(CultureInfo.InvariantCulture);
        _writer.WriteLine($"{Quoted(file)},{number},{reason},{Quoted(message)},{Quoted(text)}");
    }

    /// <summary>Makes what was added safe on disk; gives the length of the file.</summary>
    /// <exception cref="IOException">It may not be.</exception>
    public long Sync(IDisk disk)
    {
        if (_writer is null)
            return keepBytes;
        _writer.Flush();
        var file = (FileStream)_writer.BaseStream;
        disk.SyncData(file.SafeFileHandle);
        return file.Length;
    }

    public void Dispose() => _writer?.Dispose();

    private StreamWriter Open()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        file.SetLength(Math.Min(keepBytes, file.Length));
        file.Seek(0, SeekOrigin.End);
        var writer = new StreamWriter(file, Encoding.UTF8) { NewLine = "\n" };
        if (file.Length == 0)
            writer.WriteLine("file,line,reason,message,text");
        return writer;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
