using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary>
/// JSON on its way to the client in blocks. Nothing leaves before the first block is full or the answer is complete, so
/// that what fails early can still become a proper error.
/// </summary>
internal sealed class BufferedJson : IAsyncDisposable
{
    private const int BlockBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _block = new(BlockBytes + (BlockBytes / 4));
    private readonly HttpResponse _response;

    public BufferedJson(HttpResponse response)
    {
        _response = response;
        // The answer is never part of a page of HTML: quotes and non-ASCII letters can stay as they are.
        Writer = new Utf8JsonWriter(_block, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    public Utf8JsonWriter Writer { get; }

    /// <summary>Sends what there is when it makes a block.</summary>
    public ValueTask FlushFullAsync(CancellationToken cancellationToken) =>
        _block.WrittenCount + Writer.BytesPending < BlockBytes ? ValueTask.CompletedTask : FlushAsync(cancellationToken);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Writer.Flush();
        await _response.BodyWriter.WriteAsync(_block.WrittenMemory, cancellationToken);
        _block.ResetWrittenCount();
    }

    public ValueTask DisposeAsync()
    {
        // Not flushed: an answer that broke off must not look complete.
        Writer.Reset();
        return Writer.DisposeAsync();
    }
}
