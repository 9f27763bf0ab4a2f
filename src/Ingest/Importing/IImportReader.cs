namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Turns lines into events.</summary>
internal interface IImportReader
{
    /// <summary>Reads a text to its end.</summary>
    /// <param name="input">The lines.</param>
    /// <param name="reading">Stops the reading; what was read is kept.</param>
    /// <param name="sending">Gives up what is on its way.</param>
    Task ReadAsync(LineReader input, CancellationToken reading, CancellationToken sending);

    /// <summary>Hands over what could not be before all texts were read.</summary>
    Task CompleteAsync(CancellationToken sending);
}
