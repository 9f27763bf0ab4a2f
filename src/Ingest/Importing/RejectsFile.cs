using System.Globalization;
using System.Text;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Collects refused lines in a CSV file, which comes into being with the first of them.</summary>
internal sealed class RejectsFile(string directory, string source, TimeProvider time) : IDisposable
{
    private StreamWriter? _writer;

    /// <summary>The file; null while nothing is refused.</summary>
    public string? Path { get; private set; }

    public void Add(string file, long line, string reason, string message, string text)
    {
        _writer ??= Open();
        var number = line.ToString(CultureInfo.InvariantCulture);
        _writer.WriteLine($"{Quoted(file)},{number},{reason},{Quoted(message)},{Quoted(text)}");
    }

    public void Dispose() => _writer?.Dispose();

    private StreamWriter Open()
    {
        Directory.CreateDirectory(directory);
        var name = string.Concat(source.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        var at = time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        Path = System.IO.Path.Combine(directory, $"{name}-{at}.csv");
        var writer = new StreamWriter(Path, append: false, Encoding.UTF8);
        writer.WriteLine("file,line,reason,message,text");
        return writer;
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
