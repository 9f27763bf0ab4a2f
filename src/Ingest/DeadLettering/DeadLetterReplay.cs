using LifecycleMetrics.Ingest.Receiving;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.DeadLettering;

/// <summary>
/// Sends dead letters again, by the path of every event, under the key and source they came with and as received when they
/// were: an event without a time keeps the one it fell back to. Each is replayed once; one run at a time.
/// </summary>
internal sealed class DeadLetterReplay(
    IngestOptions options, IngestPipeline pipeline, GroupCommit commit, IngestMetrics metrics, IDisk disk, TimeProvider time) : IDisposable
{
    private const int LettersAtOnce = 256;
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Replays the letters that are meant and were not replayed before, or all that are meant.</summary>
    public async Task<ReplaySummary> RunAsync(DeadLetterFilter filter, bool again, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var summary = new ReplaySummary();
            var marks = ReplayMarks.Load(options.DataDirectory, disk);
            var letters = new List<DeadLetter>(LettersAtOnce);
            await foreach (var (letter, _) in new DeadLetterFiles(options.DataDirectory).ReadAsync(filter, cancellationToken))
            {
                if (!IsDue(letter, again, marks, summary))
                    continue;
                letters.Add(letter);
                if (letters.Count == LettersAtOnce)
                    await ReplayAsync(letters, marks, summary, cancellationToken);
            }

            await ReplayAsync(letters, marks, summary, cancellationToken);
            return summary;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static bool IsDue(DeadLetter letter, bool again, ReplayMarks marks, ReplaySummary summary)
    {
        // What came back from a replay is the same event as the letter it names.
        if (letter.ReplayOf.Length > 0)
            return false;
        summary.Found++;
        var isDone = !again && marks.Find(letter.Id) is not null;
        summary.Skipped += isDone ? 1 : 0;
        summary.WithoutEvent += letter.Event.IsEmpty ? 1 : 0;
        return !isDone && !letter.Event.IsEmpty;
    }

    private async Task ReplayAsync(
        List<DeadLetter> letters, ReplayMarks marks, ReplaySummary summary, CancellationToken cancellationToken)
    {
        if (letters.Count == 0)
            return;
        var outcomes = await Task.WhenAll(letters.Select(letter => ReplayAsync(letter, cancellationToken)));
        // Marked when it is done: after a crash in between, the event's id tells that it was taken.
        marks.Add([.. letters.Zip(outcomes, (letter, outcome) => (letter.Id, outcome))], time.GetUtcNow());
        foreach (var outcome in outcomes)
            summary.Count(outcome);
        letters.Clear();
    }

    private async Task<ReplayOutcome> ReplayAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var workspace = pipeline.Rent();
        var batch = workspace.Batch;
        Validate(workspace, letter);
        while (true)
        {
            var outcome = await commit.AppendAsync(batch);
            if (outcome.IsBusy)
            {
                await Task.Delay(options.Spool.RetryAfter, time, cancellationToken);
                continue;
            }

            metrics.Taken(outcome.Accepted, outcome.Duplicates.Count, batch.Errors);
            var result = batch.Errors.Count > 0 ? ReplayOutcome.Refused
                : outcome.Accepted > 0 ? ReplayOutcome.Accepted : ReplayOutcome.Duplicate;
            pipeline.Return(workspace);
            return result;
        }
    }

    private void Validate(IngestWorkspace workspace, DeadLetter letter)
    {
        var body = workspace.Body;
        body.Truncate(0);
        workspace.Read(isBatch: ReplayedBody.Write(body, letter));
        workspace.Validate(EventTypeNames.Parse(System.Text.Encoding.UTF8.GetBytes(letter.Call)), letter.Source, letter.ReceivedAt, client: null);
        var batch = workspace.Batch;
        // Its time is worked out by the receipt of then; it is accepted now.
        batch.ReceivedAt = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (batch.Errors.Count == 0)
            return;
        batch.DeadLetters.Truncate(0);
        DeadLetterLine.WriteReplayed(batch.DeadLetters, time.GetUtcNow(), letter, batch.Errors[0]);
    }
}
