namespace ClickHouse.Embedded;

/// <summary>Why the embedded engine could not be started.</summary>
public enum EngineFault
{
    /// <summary>There is no engine library for this operating system and processor.</summary>
    UnsupportedPlatform,

    /// <summary>The library is not where it should be.</summary>
    LibraryMissing,

    /// <summary>Another program listens on a configured port.</summary>
    PortTaken,

    /// <summary>Another engine holds the data directory.</summary>
    DirectoryLocked,

    /// <summary>The engine ended before it answered.</summary>
    EngineExited,

    /// <summary>The engine did not answer in time.</summary>
    StartTimeout,
}

/// <summary>The embedded engine could not be started; the message says what to do.</summary>
public sealed class EmbeddedClickHouseException(EngineFault fault, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What went wrong.</summary>
    public EngineFault Fault { get; } = fault;
}
