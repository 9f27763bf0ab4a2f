using System.Buffers;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Writing;

/// <summary>Table <c>touchpoint</c> as the writer needs it.</summary>
internal interface ITouchpointTable
{
    /// <summary>Inserts one frozen block; on return it can be queried.</summary>
    /// <param name="columns">Columns of the rows, batch_id and batch_seq included.</param>
    /// <param name="rows">The rows as one block of the Native format.</param>
    /// <param name="token">Names the block: a second insert under the same token changes nothing.</param>
    /// <param name="cancellationToken">Stops waiting; the block may be stored all the same.</param>
    /// <exception cref="RowsRefusedException">ClickHouse will never take these rows, for their content.</exception>
    /// <remarks>Any other exception leaves it open whether the block was stored.</remarks>
    Task InsertAsync(
        IReadOnlyList<string> columns, ReadOnlySequence<byte> rows, string token, CancellationToken cancellationToken);

    /// <summary>Which of the sequences <paramref name="first"/> to <paramref name="last"/> of a segment are stored.</summary>
    Task<HashSet<ulong>> PresentAsync(ulong segment, ulong first, ulong last, CancellationToken cancellationToken);

    /// <summary>The highest sequence of a segment that is stored; null if none is.</summary>
    Task<ulong?> LastSequenceAsync(ulong segment, CancellationToken cancellationToken);

    /// <summary>Reads the event ids that belong into the window: those of its time, and the latest if there are too many.</summary>
    /// <param name="exceptSegments">Segments whose rows are left out.</param>
    /// <param name="window">Takes the ids.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task LoadRecentAsync(
        IReadOnlyList<ulong> exceptSegments, EventIdWindow window, CancellationToken cancellationToken);
}
