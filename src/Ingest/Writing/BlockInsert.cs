using System.Text.Json;
using LifecycleMetrics.Ingest.Outcomes;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Validation;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Writing;

/// <summary>
/// Brings a block into ClickHouse, once, whatever happens on the way. Waits out every fault that may pass; rows that
/// ClickHouse refuses for their content are found by halving and go to the dead letters.
/// </summary>
internal sealed class BlockInsert(
    WriterOptions options,
    ITouchpointTable table,
    ReceivedCounts counts,
    DeadLetters deadLetters,
    TimeProvider time,
    IngestMetrics metrics,
    OutcomeCounts outcomes,
    ILogger<BlockInsert> logger)
{
    /// <param name="block">A block with rows.</param>
    /// <param name="sent">Whether ClickHouse may have rows of it.</param>
    /// <param name="cancellationToken">Gives up; the block is uncertain then.</param>
    public Task RunAsync(Block block, SentBefore sent, CancellationToken cancellationToken) =>
        RunAsync(block, 0, block.Rows, sent, cancellationToken);

    private static string Token(Block block, int first, int count) =>
        FormattableString.Invariant($"{block.Segment!.Id}:{block.Sequences[first]}-{block.Sequences[first + count - 1]}");

    private async Task RunAsync(Block block, int first, int count, SentBefore sent, CancellationToken cancellationToken)
    {
        var backOff = new BackOff(options.MinBackOff, options.MaxBackOff);
        while (true)
        {
            try
            {
                if (sent != SentBefore.No)
                    await SettleAsync(block, first, count, sent, cancellationToken);
                else
                    await table.InsertAsync(Block.ColumnNames, block.Slice(first, count), Token(block, first, count), cancellationToken);
                return;
            }
            catch (RowsRefusedException e)
            {
                if (count == 1)
                {
                    await RefuseAsync(block, first, e, backOff, cancellationToken);
                    return;
                }

                await RunAsync(block, first, count / 2, sent, cancellationToken);
                await RunAsync(block, first + (count / 2), count - (count / 2), sent, cancellationToken);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Whether it was stored is unknown from here on.
                sent = sent == SentBefore.No ? SentBefore.AsItIs : sent;
                var pause = backOff.Next();
                metrics.InsertFailed();
                Log.InsertFailed(logger, e, count, block.Segment!.Id, block.Sequences[first], pause);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private async Task SettleAsync(Block block, int first, int count, SentBefore sent, CancellationToken cancellationToken)
    {
        await SendMissingAsync(block, first, count, sent, cancellationToken);
        await counts.SettleAsync(block.Segment!.Id, cancellationToken);
    }

    // Asks what is there before and after sending again. The token alone is not enough: ClickHouse's record of tokens can
    // be lost, or be there while the rows are not.
    private async Task SendMissingAsync(Block block, int first, int count, SentBefore sent, CancellationToken cancellationToken)
    {
        var missing = await MissingAsync(block, first, count, cancellationToken);
        if ((missing.Count == 0 && sent == SentBefore.AsItIs) || missing.Count == count)
        {
            // With all rows there, this one brings them to materialized views that a cut connection may have left out.
            await table.InsertAsync(Block.ColumnNames, block.Slice(first, count), Token(block, first, count), cancellationToken);
            missing = missing.Count == 0 ? missing : await MissingAsync(block, first, count, cancellationToken);
        }

        if (missing.Count == 0)
            return;
        Log.RowsMissing(logger, missing.Count, block.Segment!.Id);
        foreach (var (start, length) in Runs(missing))
        {
            var token = FormattableString.Invariant($"{Token(block, start, length)}:{Guid.NewGuid():N}");
            await table.InsertAsync(Block.ColumnNames, block.Slice(start, length), token, cancellationToken);
        }
    }

    private async Task<List<int>> MissingAsync(Block block, int first, int count, CancellationToken cancellationToken)
    {
        var present = await table.PresentAsync(
            block.Segment!.Id, block.Sequences[first], block.Sequences[first + count - 1], cancellationToken);
        return [.. Enumerable.Range(first, count).Where(row => !present.Contains(block.Sequences[row]))];
    }

    private static IEnumerable<(int Start, int Length)> Runs(List<int> rows)
    {
        for (var i = 0; i < rows.Count;)
        {
            var length = 1;
            while (i + length < rows.Count && rows[i + length] == rows[i] + length)
                length++;
            yield return (rows[i], length);
            i += length;
        }
    }

    private async Task RefuseAsync(
        Block block, int row, RowsRefusedException refusal, BackOff backOff, CancellationToken cancellationToken)
    {
        var line = DeadLetter(block, row, refusal);
        while (true)
        {
            try
            {
                deadLetters.Append(line);
                break;
            }
            catch (IOException e)
            {
                Log.DeadLetterFailed(logger, e);
                await Task.Delay(backOff.Next(), time, cancellationToken);
            }
        }

        metrics.RefusedByClickHouse(1);
        var read = new RefusedRow(block.Row(row));
        outcomes.AddRejected(read.KeyId, read.Source, RejectReason.RefusedByClickHouse);
        Log.RowRefused(logger, refusal, block.Segment!.Id, block.Sequences[row]);
    }

    private byte[] DeadLetter(Block block, int row, RowsRefusedException refusal)
    {
        var to = new ByteBuffer();
        using (var writer = new Utf8JsonWriter(to))
        {
            writer.WriteStartObject();
            var read = new RefusedRow(block.Row(row));
            writer.WriteString("time"u8, time.GetUtcNow());
            writer.WriteString("received_at"u8, read.ReceivedAt);
            writer.WriteString("key_id"u8, read.KeyId);
            writer.WriteString("source"u8, read.Source);
            writer.WriteString("reason"u8, RejectReason.RefusedByClickHouse);
            writer.WriteString("message"u8, refusal.Message);
            writer.WriteNumber("batch_id"u8, block.Segment!.Id);
            writer.WriteNumber("batch_seq"u8, block.Sequences[row]);
            writer.WriteStartObject("row"u8);
            foreach (var (name, value) in block.Row(row))
            {
                writer.WritePropertyName(name);
                JsonSerializer.Serialize(writer, value);
            }

            writer.WriteEndObject();
            writer.WritePropertyName("event"u8);
            read.WriteEvent(writer);
            writer.WriteEndObject();
        }

        to.WriteByte((byte)'\n');
        return to.Written.ToArray();
    }
}
