using System.Security.Cryptography;
using System.Text;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>One file of sql/.</summary>
/// <param name="Path">Path below the repository root, with forward slashes.</param>
/// <param name="Text">The file's text.</param>
public sealed record SqlFile(string Path, string Text)
{
    /// <summary>File name without extension; for a view, the relation's name.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The folder below sql/, which is the layer: 1_tables, 2_staging, 3_lifecycle or 4_kpis.</summary>
    public string Layer => Path.Split('/')[^2];

    /// <summary>SHA-256 of the text in lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}
