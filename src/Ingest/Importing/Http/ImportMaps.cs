namespace LifecycleMetrics.Ingest.Importing.Http;

/// <summary>The maps that lie on the server, for requests that name one.</summary>
internal sealed class ImportMaps(string directory)
{
    private const int MaxNameCharacters = 64;

    /// <summary>The text of the map <c>NAME.yaml</c>.</summary>
    /// <exception cref="IngestFormatException">There is no such map.</exception>
    public async Task<string> ReadAsync(string name, CancellationToken cancellationToken)
    {
        // Letters, digits, - and _ only: nothing that leads out of the directory.
        var isName = name.Length is > 0 and <= MaxNameCharacters && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        var path = Path.Combine(directory, name + ".yaml");
        if (!isName || !File.Exists(path))
            throw new IngestFormatException("unknown_map", "There is no map of this name (Ingest:Import:MapsDirectory). Send the map with the file: -F map=@map.yaml -F file=@orders.csv");
        return await File.ReadAllTextAsync(path, cancellationToken);
    }

    /// <exception cref="IngestFormatException">The map can't be used; the message names every fault.</exception>
    public static ImportMap Parse(string yaml)
    {
        try
        {
            return ImportMapFile.Parse(yaml, "The map");
        }
        catch (ImportMapException e)
        {
            throw new IngestFormatException("map_invalid", e.Message, e);
        }
    }
}
