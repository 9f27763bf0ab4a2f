namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Something wrong in a model file.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record ModelFault(string File, int Line, string Message, string Hint)
{
    /// <inheritdoc />
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{File}:{Line}: {Message}. {Hint}.");
}
