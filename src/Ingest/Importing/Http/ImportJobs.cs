using LifecycleMetrics.Ingest.Importing.Resuming;
using LifecycleMetrics.Ingest.Outcomes;
using LifecycleMetrics.Ingest.Spool;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Importing.Http;

/// <summary>Reads an import from where its last attempt ended, and writes how this one ends.</summary>
internal sealed class ImportJobs(
    IngestOptions options, IIngest ingest, OutcomeCounts outcomes, ImportStore store, IDisk disk, TimeProvider time, ILogger<ImportJobs> logger)
{
    /// <summary>Reads to the end of the content.</summary>
    /// <param name="request">What is imported.</param>
    /// <param name="import">Told how far it is.</param>
    /// <param name="reading">Ends the reading; what was read is settled and kept.</param>
    /// <param name="sending">Gives up what is on its way.</param>
    /// <exception cref="ImportConflictException">The id belongs to another file, or to other settings.</exception>
    /// <exception cref="IngestFormatException">The content can't be read to its end; what was read before stays.</exception>
    public async Task<ImportState> RunAsync(
        ImportRequest request, RunningImport import, CancellationToken reading, CancellationToken sending)
    {
        using var journal = new ImportJournal(Begin(request), store, disk, time, options.Import.SaveInterval);
        var state = journal.State;
        import.Report(state);
        if (state.Position.Line == 0)
            journal.Save(ImportStatus.Running);
        var counts = state.Counts();
        using var rejects = new RejectsFile(store.RejectsPath(state.KeyId, state.Id), state.RejectsBytes);
        var run = new ImportRun(
            Target(request), request.Sender.Source, Limits(), counts, rejects, journal,
            () => import.Report(journal.State.With(counts)),
            reason => outcomes.AddRejected(request.Sender.KeyId, request.Sender.Source, reason));
        try
        {
            await ReadAsync(request, run, journal.Prefix, reading, sending);
            await run.SaveAsync(sending);
            journal.Save(ImportStatus.Done);
        }
        catch (OtherFileException e)
        {
            throw new ImportConflictException("other_file", e.Message);
        }
        catch (Exception e)
        {
            var fault = Fault(e);
            if (await run.SaveAsync(sending))
                journal.Save(fault is null ? ImportStatus.Interrupted : ImportStatus.Failed, fault?.Code ?? "", fault?.Message ?? "");
            if (fault is not null)
                throw fault;
            Log.ImportInterrupted(logger, state.Id, state.KeyId, counts.Lines);
            throw;
        }
        finally
        {
            await run.Sender.AbandonAsync();
        }

        Log.ImportDone(logger, state.Id, state.KeyId, counts.Lines, counts.Accepted, counts.Duplicates, counts.Rejected);
        return journal.State;
    }

    private IImportTarget Target(ImportRequest request)
    {
        var target = new CountedTarget(new IngestTarget(ingest, request.Sender), request.Sender, outcomes);
        return request.Rate is { } rate ? new PacedTarget(target, rate, time) : target;
    }

    private static IngestFormatException? Fault(Exception e) => e switch
    {
        IngestFormatException fault => fault,
        MapMismatchException => new("map_mismatch", e.Message, e),
        InvalidDataException => new("invalid_encoding", "The body is compressed and damaged, or the form is.", e),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            new("body_too_large", "The body is larger than Ingest:Import:MaxBodyBytes.", e),
        _ => null,
    };

    private static async Task ReadAsync(
        ImportRequest request, ImportRun run, PrefixHash prefix, CancellationToken reading, CancellationToken sending)
    {
        var reader = Reader(request, run);
        using var owned = reader as IDisposable;
        var text = await TextStream.OpenAsync(request.Content, request.Map?.Encoding ?? System.Text.Encoding.UTF8, reading);
        await using var lines = new LineReader(request.FileName, text, run.Options.MaxLineLength, prefix);
        await reader.ReadAsync(lines, reading, sending);
        await reader.CompleteAsync(sending);
    }

    private static IImportReader Reader(ImportRequest request, ImportRun run) => request switch
    {
        { Format: ImportFormat.Orders, Map: { } map } => new OrdersReader(run, map),
        { Format: ImportFormat.Personas } => new PersonasReader(run),
        _ => new EventsReader(run),
    };

    private ImportState Begin(ImportRequest request)
    {
        var plan = request.Plan(options.Import);
        var now = time.GetUtcNow();
        var earlier = store.Find(request.Sender.KeyId, request.Id);
        if (earlier is { Position.Line: > 0 } && earlier.Plan != plan)
        {
            throw new ImportConflictException(
                "other_settings", $"The import {request.Id} was begun with another format, map, source or Ingest:Import:MaxOpenOrders. Use another id.");
        }

        if (earlier is { Position.Line: > 0 })
            return earlier with { Status = ImportStatus.Running, ErrorCode = "", ErrorMessage = "" };
        return new()
        {
            Id = request.Id,
            KeyId = request.Sender.KeyId,
            Source = request.Sender.Source,
            Format = request.Format,
            Plan = plan,
            StartedAt = now,
            ChangedAt = now,
        };
    }

    private ImportOptions Limits() => options.Import.Within(options.MaxBatchEvents, options.MaxBatchBytes);
}
