using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// Refused events, kept on disk as lines of JSON in one file per day, <c>dead-letters/2026-01-31.ndjson</c>, synced like
/// the spool. Nothing deletes them but the operator.
/// </summary>
internal sealed class DeadLetters(string directory, IDisk disk, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private SafeFileHandle? _file;
    private string _path = "";
    private long _length;

    public string Directory => directory;

    /// <summary>Appends whole lines; they are safe on disk on return.</summary>
    /// <exception cref="IOException">They may not be.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (lines.IsEmpty)
            return;
        lock (_gate)
        {
            var file = Open();
            try
            {
                RandomAccess.Write(file, lines, _length);
                disk.SyncData(file);
                _length += lines.Length;
            }
            catch (IOException)
            {
                // A failed sync is not repeated on the same descriptor: the kernel has forgotten what it did not write.
                // What was begun goes, so that the file stays whole lines; its senders come back with the events.
                CutBack(file);
                Close();
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
            Close();
    }

    private SafeFileHandle Open()
    {
        var name = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".ndjson";
        var path = Path.Combine(directory, name);
        if (_file is not null && string.Equals(path, _path, StringComparison.Ordinal))
            return _file;

        Close();
        System.IO.Directory.CreateDirectory(directory);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            disk.SyncDirectory(directory);
            _length = EndTornLine(file, RandomAccess.GetLength(file));
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }

        _path = path;
        return _file = file;
    }

    // After a crash the last line may lack its end; the next one must not become part of it.
    private static long EndTornLine(SafeFileHandle file, long length)
    {
        Span<byte> last = stackalloc byte[1];
        if (length == 0 || RandomAccess.Read(file, last, length - 1) != 1 || last[0] == (byte)'\n')
            return length;
        RandomAccess.Write(file, "\n"u8, length);
        return length + 1;
    }

    private void CutBack(SafeFileHandle file)
    {
        try
        {
            RandomAccess.SetLength(file, _length);
        }
        catch (IOException)
        {
            // The line stays torn; the next opening of the file ends it.
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
