namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Keeps how far an import has come.</summary>
internal interface IImportJournal
{
    /// <summary>Where an earlier attempt ended.</summary>
    ImportPosition Start { get; }

    /// <summary>The hash of what is read.</summary>
    PrefixHash Prefix { get; }

    /// <summary>How often the position is written, also while nothing comes.</summary>
    TimeSpan Interval { get; }

    /// <summary>True if it is time to write the position.</summary>
    bool IsDue { get; }

    /// <summary>Writes position and counts; they are safe on disk on return.</summary>
    void Save(ImportPosition position, ImportCounts counts, RejectsFile rejects);
}
