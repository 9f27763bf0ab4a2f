using ClickHouse.Embedded.Configuration;

namespace ClickHouse.Embedded.Supervision;

/// <summary>All that is needed to start the engine's process; the same for the first start and for each restart.</summary>
internal sealed record EngineLaunch(
    string LibraryPath,
    EngineDirectory Directory,
    int HttpPort,
    int NativePort,
    string WriterPassword,
    TimeSpan StartTimeout,
    TimeSpan StopTimeout);
