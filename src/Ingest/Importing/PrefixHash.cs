using System.Security.Cryptography;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>
/// The SHA-256 of what has been read of an import. When the import is sent again, it tells whether what comes begins as
/// what came before.
/// </summary>
/// <param name="expectedLine">Line up to which the expected hash goes; 0 if there is none.</param>
/// <param name="expected">The hash the text must have up to there, in hexadecimal.</param>
internal sealed class PrefixHash(long expectedLine, string expected) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long ExpectedLine => expectedLine;

    /// <summary>True once the text is known to be the one that was begun. Nothing may be sent before.</summary>
    public bool IsVerified { get; private set; } = expectedLine == 0;

    public string Current => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Add(ReadOnlySpan<byte> text) => _hash.AppendData(text);

    /// <exception cref="OtherFileException">The text is another one.</exception>
    public void Verify()
    {
        if (!string.Equals(Current, expected, StringComparison.Ordinal))
            throw new OtherFileException(expectedLine);
        IsVerified = true;
    }

    public void Dispose() => _hash.Dispose();
}
