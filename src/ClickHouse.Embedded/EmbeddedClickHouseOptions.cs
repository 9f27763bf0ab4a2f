namespace ClickHouse.Embedded;

/// <summary>How the embedded engine is started.</summary>
public sealed class EmbeddedClickHouseOptions
{
    /// <summary>Directory the engine owns: data, generated configuration, credentials and log. Created if missing.</summary>
    public required string DataDirectory { get; set; }

    /// <summary>Port of the HTTP interface on 127.0.0.1; 0 takes a free one and keeps it over restarts of the engine.</summary>
    public int HttpPort { get; set; }

    /// <summary>Port of the native interface on 127.0.0.1; 0 takes a free one.</summary>
    public int NativePort { get; set; }

    /// <summary>Databases that are created at start and whose published views the two reading users may read.</summary>
    public IReadOnlyList<string> Databases { get; set; } = ["lifecycle_metrics"];

    /// <summary>Relations, by prefix or whole name, that the two reading users may read in each database.</summary>
    public IReadOnlyList<string> PublishedRelations { get; set; } = ["dim_*", "kpi_*", "stg_touchpoint"];

    /// <summary>Share of the machine's memory the engine may use. A query that would pass it fails with error 241.</summary>
    public double MemoryShare { get; set; } = 0.5;

    /// <summary>Longest run of one query by a reading user; longer ones fail with error 159.</summary>
    public TimeSpan ReaderQueryTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Queries at one time over all users; one more fails with error 202.</summary>
    public int MaxConcurrentQueries { get; set; } = 100;

    /// <summary>How long a start may take, a wait for another engine to leave the directory included.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the engine may take to close its files when it is stopped before it is killed.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Path of libchdb; null looks beside the program and where the build installed it.</summary>
    public string? LibraryPath { get; set; }

    /// <summary>Directory BACKUP and RESTORE may use; null allows none.</summary>
    public string? BackupDirectory { get; set; }
}
