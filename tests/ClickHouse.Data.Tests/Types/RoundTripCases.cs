using System.Globalization;
using System.Net;
using System.Numerics;

namespace ClickHouse.Data.Tests.Types;

/// <summary>For every ClickHouse type: values, among them its limits, and what the reader gives for them.</summary>
internal static class RoundTripCases
{
    private static readonly DateTime Moment = new DateTime(2026, 3, 29, 1, 30, 15, DateTimeKind.Utc).AddTicks(1_234_567);

    public static IEnumerable<(string Type, object? Value)> All =>
    [
        ("Int8", sbyte.MinValue), ("Int8", sbyte.MaxValue),
        ("Int16", short.MinValue), ("Int16", short.MaxValue),
        ("Int32", int.MinValue), ("Int32", int.MaxValue),
        ("Int64", long.MinValue), ("Int64", long.MaxValue),
        ("Int128", Int128.MinValue), ("Int128", Int128.MaxValue),
        ("Int256", -BigInteger.Pow(2, 255)), ("Int256", BigInteger.Pow(2, 255) - 1), ("Int256", BigInteger.MinusOne),
        ("UInt8", byte.MaxValue), ("UInt16", ushort.MaxValue), ("UInt32", uint.MaxValue), ("UInt64", ulong.MaxValue),
        ("UInt128", UInt128.MaxValue), ("UInt256", BigInteger.Pow(2, 256) - 1), ("UInt256", BigInteger.Zero),
        ("Float32", 1.5f), ("Float32", float.NaN), ("Float32", float.PositiveInfinity),
        ("Float64", 0.1), ("Float64", double.MaxValue), ("Float64", double.NegativeInfinity), ("Float64", double.NaN),
        ("BFloat16", 1.5f),
        ("Decimal(9, 2)", -1234567.89m), ("Decimal(18, 4)", 12345678901234.5678m), ("Decimal(18, 18)", 0.123456789012345678m),
        ("Decimal(28, 10)", -123456789012345678.0123456789m),
        ("Decimal(38, 10)", ClickHouseDecimal.Parse("1234567890123456789012345678.0123456789")),
        ("Decimal(76, 20)", ClickHouseDecimal.Parse("-12345678901234567890123456789012345678901234567890.00000000000000000001")),
        ("Bool", true), ("Bool", false),
        ("String", ""), ("String", "tab\t newline\n quote' backslash\\ zero\0 ünï 🙂"), ("String", new string('x', 70_000)),
        ("FixedString(5)", "abc"), ("FixedString(3)", "abc"),
        ("LowCardinality(String)", "low"), ("LowCardinality(Nullable(String))", null),
        ("UUID", Guid.Parse("61f0c404-5cb3-11e7-907b-a6006ad3dba0", CultureInfo.InvariantCulture)), ("UUID", Guid.Empty),
        ("IPv4", IPAddress.Parse("192.168.0.1")), ("IPv6", IPAddress.Parse("2001:db8::1")),
        ("Date", new DateOnly(1970, 1, 1)), ("Date", new DateOnly(2149, 6, 6)),
        ("Date32", new DateOnly(1900, 1, 1)), ("Date32", new DateOnly(2299, 12, 31)),
        ("DateTime", Truncate(Moment, TimeSpan.TicksPerSecond)), ("DateTime", DateTime.UnixEpoch),
        ("DateTime('Europe/Madrid')", Truncate(Moment, TimeSpan.TicksPerSecond)),
        ("DateTime64(3)", Truncate(Moment, TimeSpan.TicksPerMillisecond)),
        ("DateTime64(3, 'UTC')", Truncate(Moment, TimeSpan.TicksPerMillisecond)),
        ("DateTime64(3, 'America/New_York')", Truncate(Moment, TimeSpan.TicksPerMillisecond)),
        ("DateTime64(6)", Truncate(Moment, TimeSpan.TicksPerMicrosecond)), ("DateTime64(9)", Moment),
        ("DateTime64(0)", Truncate(Moment, TimeSpan.TicksPerSecond)),
        ("DateTime64(3)", new DateTime(1925, 1, 2, 3, 4, 5, 6, DateTimeKind.Utc)),
        ("DateTime64(3)", new DateTime(1969, 12, 31, 23, 59, 59, 999, DateTimeKind.Utc)),
        ("Time", new TimeSpan(13, 14, 15)), ("Time", -new TimeSpan(99, 0, 1)), ("Time64(6)", new TimeSpan(0, 13, 14, 15, 123, 456)),
        ("Enum8('a' = 1, 'it\\'s, = (b)' = -2)", "it's, = (b)"), ("Enum16('a' = 1, 'b' = 1000)", "b"),
        ("Nullable(Int32)", null), ("Nullable(Int32)", 5), ("Nullable(String)", "\\N"), ("Nullable(String)", "NULL"),
        ("Nullable(DateTime64(3))", null), ("Nullable(UUID)", null), ("Nullable(Decimal(9, 2))", 1.25m),
        ("Array(Int32)", new[] { 1, -2, 3 }), ("Array(String)", new[] { "a'b", "", "c\\d\n" }), ("Array(String)", Array.Empty<string>()),
        ("Array(Nullable(Int32))", new int?[] { 1, null }), ("Array(Nullable(String))", new[] { "a", null }),
        ("Array(Array(UInt8))", new byte[][] { [1, 2], [] }), ("Array(DateTime64(3))", new[] { Truncate(Moment, TimeSpan.TicksPerMillisecond) }),
        ("Array(Date)", new[] { new DateOnly(2026, 3, 29) }), ("Array(LowCardinality(String))", new[] { "x", "y" }),
        ("Array(Bool)", new[] { true, false }), ("Array(Decimal(9, 2))", new[] { 1.25m }), ("Array(UUID)", new[] { Guid.Empty }),
        ("Map(String, String)", new Dictionary<string, string>(StringComparer.Ordinal) { ["k'1"] = "v\\1", ["k2"] = "" }),
        ("Map(String, Array(Int64))", new Dictionary<string, long[]>(StringComparer.Ordinal) { ["k"] = [1, 2] }),
        ("Map(LowCardinality(String), Nullable(Float64))", new Dictionary<string, double?>(StringComparer.Ordinal) { ["k"] = null, ["l"] = 0.5 }),
        ("Tuple(Int32, String)", new ClickHouseTuple([], 1, "it's")),
        ("Tuple(a Int32, `odd name` Array(String))", new ClickHouseTuple(["a", "odd name"], 1, new[] { "x" })),
        ("Array(Tuple(Date, Nullable(Float64)))", new[] { new ClickHouseTuple([], new DateOnly(2026, 1, 1), null) }),
        ("Nested(a Int32, b String)", new[] { new ClickHouseTuple(["a", "b"], 1, "x") }),
        ("SimpleAggregateFunction(sum, UInt64)", 7UL), ("SimpleAggregateFunction(anyLast, Nullable(String))", "x"),
        ("Variant(Array(Int32), Int64, String)", 5L), ("Variant(Array(Int32), Int64, String)", "five"),
        ("Variant(Array(Int32), Int64, String)", null), ("Variant(Array(Int32), Int64, String)", new[] { 5 }),
        ("JSON", "{\"a\":1,\"b\":{\"c\":\"it's\"}}"),
        ("Point", new ClickHouseTuple([], 1.5, -2.5)), ("Ring", new[] { new ClickHouseTuple([], 0.0, 1.0) }),
    ];

    private static DateTime Truncate(DateTime time, long ticks) => new(time.Ticks - (time.Ticks % ticks), time.Kind);
}
