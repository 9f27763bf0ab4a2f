namespace LifecycleMetrics.Ingest.Writing;

/// <summary>Whether ClickHouse may have rows of a block before it is sent.</summary>
internal enum SentBefore
{
    /// <summary>It has none.</summary>
    No,

    /// <summary>The same block may have been sent: its token tells ClickHouse.</summary>
    AsItIs,

    /// <summary>Its rows may have been sent in other blocks, under tokens that nobody knows any more.</summary>
    InOtherBlocks,
}
