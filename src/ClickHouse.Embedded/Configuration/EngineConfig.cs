using System.Globalization;
using System.Xml.Linq;
using ClickHouse.Embedded.Native;

namespace ClickHouse.Embedded.Configuration;

/// <summary>Writes the engine's two configuration files; they are made anew at every start.</summary>
internal static class EngineConfig
{
    // What a reading client may set for its own queries although its profile is read-only: limits it can only lower,
    // the form of the answer, and what Grafana's data source always sends.
    private static readonly string[] ReaderMaySet =
    [
        "additional_table_filters", "max_result_rows", "max_result_bytes", "result_overflow_mode", "max_block_size",
        "max_threads", "session_timezone", "http_write_exception_in_output_format",
        "output_format_binary_write_json_as_string", "http_zlib_compression_level",
        "output_format_native_write_json_as_string", "enable_http_compression", "send_progress_in_http_headers",
    ];

    public static void Write(EngineDirectory directory, EngineCredentials credentials, EmbeddedClickHouseOptions options)
    {
        PrivateFile.Write(directory.ConfigFile, Server(directory, options).ToString());
        PrivateFile.Write(directory.UsersFile, Users(credentials, options).ToString());
    }

    private static XElement Server(EngineDirectory directory, EmbeddedClickHouseOptions options)
    {
        var config = new XElement("clickhouse",
            new XElement("listen_host", "127.0.0.1"),
            new XElement("users_config", directory.UsersFile),
            // clickhouse-local reads its level here only; "logger.level" is overwritten, by "trace" if this is missing.
            new XElement("log-level", "warning"),
            new XElement("logger",
                new XElement("log", directory.LogFile),
                new XElement("size", "10M"),
                new XElement("count", 3)),
            new XElement("max_server_memory_usage_to_ram_ratio", options.MemoryShare),
            new XElement("max_concurrent_queries", options.MaxConcurrentQueries),
            new XElement("keep_alive_timeout", 60),
            new XElement("mark_cache_size", 256L << 20),
            new XElement("uncompressed_cache_size", 0));
        if (options.BackupDirectory is { } backups)
            config.Add(new XElement("backups", new XElement("allowed_path", Path.GetFullPath(backups))));
        return config;
    }

    private static XElement Users(EngineCredentials credentials, EmbeddedClickHouseOptions options) =>
        new("clickhouse",
            new XElement("profiles",
                new XElement("default", NoMachineCode()),
                ReaderProfile(options)),
            new XElement("quotas", new XElement("default"), HostQuota()),
            new XElement("users",
                Host(),
                User(credentials, EngineUser.Writer, "default", ["GRANT ALL ON *.*"]),
                User(credentials, EngineUser.Dashboards, "reader", ReaderGrants(options)),
                User(credentials, EngineUser.OData, "reader", ReaderGrants(options))));

    // Machine code is made of what has run three times, which takes longer than the statements themselves: they are many, and
    // nearly all about few rows.
    private static IEnumerable<XElement> NoMachineCode() =>
    [
        new XElement("compile_expressions", 0),
        new XElement("compile_aggregate_expressions", 0),
        new XElement("compile_sort_description", 0),
    ];

    private static XElement ReaderProfile(EmbeddedClickHouseOptions options)
    {
        var seconds = options.ReaderQueryTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return new XElement("reader",
            NoMachineCode(),
            new XElement("readonly", 1),
            new XElement("max_execution_time", seconds),
            new XElement("cancel_http_readonly_queries_on_client_close", 1),
            new XElement("constraints",
                new XElement("max_execution_time",
                    new XElement("max", seconds),
                    new XElement("changeable_in_readonly")),
                ReaderMaySet.Select(setting => new XElement(setting, new XElement("changeable_in_readonly")))));
    }

    // clickhouse-local runs its own statements as this user, and knows no password for it. The quota is just what the
    // host itself needs (see EngineHost), so nothing is left for anyone who tries this user over the network.
    private static XElement Host() =>
        new("default",
            new XElement("password"),
            new XElement("networks", new XElement("ip", "::1"), new XElement("ip", "127.0.0.1")),
            new XElement("profile", "default"),
            new XElement("quota", "host"),
            new XElement("grants",
                new XElement("query", "GRANT SYSTEM LISTEN ON *.*"),
                new XElement("query", "GRANT CREATE TEMPORARY TABLE ON *.*"),
                new XElement("query", "GRANT READ ON FILE")));

    private static XElement HostQuota() =>
        new("host",
            new XElement("interval",
                new XElement("duration", int.MaxValue),
                new XElement("queries", EngineHost.StatementCount)));

    private static XElement User(
        EngineCredentials credentials, EngineUser user, string profile, IEnumerable<string> grants) =>
        new(EngineCredentials.Name(user),
            new XElement("password_sha256_hex", credentials.Sha256(user)),
            new XElement("networks", new XElement("ip", "::1"), new XElement("ip", "127.0.0.1")),
            new XElement("profile", profile),
            new XElement("quota", "default"),
            new XElement("grants", grants.Select(grant => new XElement("query", grant))));

    private static IEnumerable<string> ReaderGrants(EmbeddedClickHouseOptions options) =>
        from database in options.Databases
        from relation in options.PublishedRelations
        select $"GRANT SELECT ON {database}.{relation}";
}
