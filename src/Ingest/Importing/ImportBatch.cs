using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Gathers events and hands them over a batch at a time; brings refusals back to the lines they came from.</summary>
internal sealed class ImportBatch(
    IImportTarget target, string source, ImportOptions options, ImportCounts counts, Action<InputLine, string, string> reject)
{
    private readonly ArrayBufferWriter<byte> _body = new(options.BatchBytes);
    private readonly List<InputLine> _origins = [];
    private readonly byte[] _head = Encoding.UTF8.GetBytes(target.NeedsSourceInContext
        ? $$"""{"context":{"source":"{{JavaScriptEncoder.Default.Encode(source)}}"},"batch":["""
        : """{"batch":[""");

    /// <summary>Adds an event; returns true if a batch was handed over.</summary>
    public async ValueTask<bool> AddAsync(ReadOnlyMemory<byte> json, InputLine origin, CancellationToken cancellationToken)
    {
        var isSent = false;
        if (_origins.Count > 0 && _body.WrittenCount + json.Length + 4 > options.BatchBytes)
        {
            await SendAsync(cancellationToken);
            isSent = true;
        }

        _body.Write(_origins.Count == 0 ? _head : ","u8);
        _body.Write(json.Span);
        _origins.Add(origin);
        counts.Events++;
        if (_origins.Count >= options.BatchEvents)
        {
            await SendAsync(cancellationToken);
            isSent = true;
        }

        return isSent;
    }

    /// <summary>Hands over what is left.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (_origins.Count == 0)
            return;
        _body.Write("]}"u8);
        var receipt = await target.SendAsync(_body.WrittenMemory, cancellationToken);
        counts.Accepted += receipt.Accepted;
        counts.Duplicates += receipt.Duplicates;
        foreach (var error in receipt.Errors)
            reject(_origins[error.Index], error.Reason, error.Message);
        _body.ResetWrittenCount();
        _origins.Clear();
    }
}
