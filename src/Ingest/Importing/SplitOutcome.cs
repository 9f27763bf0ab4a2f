namespace LifecycleMetrics.Ingest.Importing;

internal enum SplitOutcome
{
    Complete,

    /// <summary>A quoted text goes on: the record has a line break in it, or a quote too many.</summary>
    QuoteOpen,

    /// <summary>A quoted text is followed by something other than the delimiter.</summary>
    TextAfterQuote,
}
