using LifecycleMetrics.Ingest.Columns;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>The event ids of a frame.</summary>
internal static class FrameIds
{
    private static readonly byte Column = TouchpointColumns.Ordinal("event_id");

    /// <summary>The hash of each row's event id, in order, left-out rows included.</summary>
    public static void Read(Frame frame, List<UInt128> to)
    {
        to.Clear();
        var columns = frame.Columns;
        while (Frame.NextColumn(ref columns, out var ordinal, out var values))
        {
            if (ordinal != Column)
                continue;
            while (!values.IsEmpty)
                to.Add(EventIdHash.Of(VarText.Take(ref values)));
        }
    }
}
