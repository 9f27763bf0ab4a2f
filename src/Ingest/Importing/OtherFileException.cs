using System.Globalization;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>What is sent under the id of an import is not what was sent before.</summary>
public sealed class OtherFileException(long line) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"The first {line} lines are not those this import began with. Send the same file, or use another id."));
