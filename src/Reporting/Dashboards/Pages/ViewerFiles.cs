using System.IO.Compression;
using Microsoft.AspNetCore.StaticFiles;

namespace LifecycleMetrics.Reporting.Dashboards.Pages;

/// <summary>The built viewer, from the resources of this assembly, by path under <c>/dashboards/</c>.</summary>
internal sealed class ViewerFiles
{
    private const string Prefix = "viewer/";

    private readonly Dictionary<string, ViewerFile> _files = [];

    public ViewerFiles()
    {
        var assembly = typeof(ViewerFiles).Assembly;
        var types = new FileExtensionContentTypeProvider();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            // Resource names take the path separator of the machine that built them.
            var path = name.Replace('\\', '/');
            if (!path.StartsWith(Prefix, StringComparison.Ordinal))
                continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            var plain = new byte[stream.Length];
            stream.ReadExactly(plain);
            var type = types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
            _files[path[Prefix.Length..]] = new ViewerFile(
                type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type, plain, Gzip(plain));
        }
    }

    /// <summary>The one HTML page; null when the program was built without the viewer.</summary>
    public ViewerFile? Page => Find("index.html");

    public ViewerFile? Find(string path) => _files.GetValueOrDefault(path);

    private static byte[] Gzip(byte[] plain)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize))
            gzip.Write(plain);
        return target.ToArray();
    }
}
