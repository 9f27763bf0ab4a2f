namespace LifecycleMetrics.Ingest.Importing;

/// <summary>What the lines of an imported file are.</summary>
public enum ImportFormat
{
    /// <summary>Each line is one event of the Segment format, as JSON.</summary>
    Segment,

    /// <summary>Each line is an order or a line of one; an <see cref="ImportMap"/> says how to read it.</summary>
    Orders,

    /// <summary>Each line says who is which persona from when until when, as CSV with fixed columns.</summary>
    Personas,
}
