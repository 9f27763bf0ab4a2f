namespace ClickHouse.Data;

/// <summary>How bodies are compressed on the way.</summary>
public enum ClickHouseCompression
{
    None,
    Gzip,
    Brotli,
}
