namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>The costs of a request: those that are good, and why the others are not.</summary>
internal sealed class CampaignCosts(IngestSource source, IngestOptions options)
{
    private readonly List<CampaignCost> _rows = [];
    private readonly List<RejectedEvent> _errors = [];

    public IReadOnlyList<CampaignCost> Rows => _rows;

    public IReadOnlyList<RejectedEvent> Errors => _errors;

    /// <exception cref="IngestFormatException">There is no room for another one, or its source is not the sender's to name.</exception>
    public void Add(in CostFields fields, int? line = null)
    {
        // A cost replaces the one of the same source, channel, campaign, currency and day: under another's name it would be theirs.
        if (!source.Trusted && fields.Source is { Length: > 0 } named && !string.Equals(named, source.Source, StringComparison.Ordinal))
            throw new IngestFormatException("source_refused", "Only a trusted key may name a source other than its own.");
        if (fields.TryRead(source, options, out var cost, out var reason, out var message))
        {
            EnsureRoom();
            _rows.Add(cost);
        }
        else
        {
            Refuse(reason, message, line);
        }
    }

    public void Refuse(string reason, string message, int? line = null)
    {
        EnsureRoom();
        _errors.Add(new RejectedEvent(_rows.Count + _errors.Count, reason, message) { Line = line });
    }

    private void EnsureRoom()
    {
        if (_rows.Count + _errors.Count == options.MaxBatchEvents)
            throw new IngestFormatException("too_many_events", $"A request may hold {options.MaxBatchEvents} costs. Send it in parts.");
    }
}
