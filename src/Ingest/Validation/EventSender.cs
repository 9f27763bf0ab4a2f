using System.Text;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>The sender as rows name it: id of the key, and the key's source or, of a trusted key, the one an event names. Reused.</summary>
internal sealed class EventSender
{
    private IngestSource? _last;
    private byte[] _keyId = [];
    private byte[] _source = [];
    private byte[] _scratch = new byte[256];
    private byte[] _namedBytes = [];
    private string _named = "";

    /// <summary>Id of the key.</summary>
    public ReadOnlySpan<byte> KeyId => _keyId;

    /// <summary>Looks at who sends the events that come.</summary>
    public void Remember(IngestSource sender)
    {
        if (ReferenceEquals(sender, _last))
            return;
        _source = Encoding.UTF8.GetBytes(sender.Source);
        _keyId = Encoding.UTF8.GetBytes(sender.KeyId);
        _last = sender;
    }

    /// <summary>Source of an event, to be used before the next is asked for.</summary>
    public ReadOnlySpan<byte> SourceOf(ReadOnlySpan<byte> json, JsonSlice contextSource)
    {
        if (_last is not { Trusted: true } || !contextSource.IsString)
            return _source;
        if (_scratch.Length < contextSource.Length)
            _scratch = new byte[contextSource.Length];
        var named = contextSource.Text(json, _scratch);
        return named.IsEmpty ? _source : named;
    }

    /// <summary>Source of an event if its sender may name others than its own; else null.</summary>
    public string? NamedSourceOf(ReadOnlySpan<byte> json, JsonSlice contextSource)
    {
        if (_last is not { Trusted: true })
            return null;
        var source = SourceOf(json, contextSource);
        // Most events of a batch name the same.
        if (!source.SequenceEqual(_namedBytes))
            (_namedBytes, _named) = (source.ToArray(), Encoding.UTF8.GetString(source));
        return _named;
    }
}
