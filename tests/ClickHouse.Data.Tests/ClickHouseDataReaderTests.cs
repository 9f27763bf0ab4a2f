using System.Data;
using ClickHouse.Data.Tests.Support;

namespace ClickHouse.Data.Tests;

public sealed class ClickHouseDataReaderTests(Engine engine)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Getters_OfOtherWidth_ConvertIfTheValueFits()
    {
        await using var reader = await FirstRowAsync("select toUInt8(200) as small, toUInt64(5) as big, toDecimal64(1.5, 2) as d, toFloat32(2.5) as f");

        Assert.Equal(200, reader.GetInt32(0));
        Assert.Equal(200L, reader.GetFieldValue<long>(0));
        Assert.Equal(5, reader.GetInt32(1));
        Assert.Equal(5m, reader.GetDecimal(1));
        Assert.Equal(1.5, reader.GetDouble(2));
        Assert.Equal(2.5, reader.GetDouble(3));
        Assert.Throws<OverflowException>(() => reader.GetFieldValue<sbyte>(0));
    }

    [Fact]
    public async Task GetFieldValue_OfInstants_GivesUtc()
    {
        await using var reader = await FirstRowAsync("select toDateTime64('2026-07-01 12:00:00.5', 3, 'Europe/Madrid') as at, toDate('2026-07-01') as day");

        var utc = new DateTime(2026, 7, 1, 10, 0, 0, 500, DateTimeKind.Utc);
        Assert.Equal(utc, reader.GetDateTime(0));
        Assert.Equal(DateTimeKind.Utc, reader.GetDateTime(0).Kind);
        Assert.Equal(new DateTimeOffset(utc), reader.GetFieldValue<DateTimeOffset>(0));
        Assert.Equal(TimeSpan.Zero, reader.GetFieldValue<DateTimeOffset>(0).Offset);
        Assert.Equal(new DateOnly(2026, 7, 1), reader.GetFieldValue<DateOnly>(1));
        Assert.Equal(new DateTime(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc), reader.GetDateTime(1));
    }

    [Fact]
    public async Task GetFieldValue_OfTupleEnumAndBytes_GivesWhatIsAskedFor()
    {
        await using var reader = await FirstRowAsync("select (1, 'a') as t, cast('Monday' as Enum8('Monday' = 1)) as e, unhex('ff00') as b, toFixedString('ab', 3) as fixed");

        Assert.Equal(((byte)1, "a"), reader.GetFieldValue<(byte, string)>(0));
        Assert.Equal("a", reader.GetFieldValue<ClickHouseTuple>(0)[1]);
        Assert.Equal(DayOfWeek.Monday, reader.GetFieldValue<DayOfWeek>(1));
        Assert.Equal(1, reader.GetInt32(1));
        Assert.Equal([0xFF, 0x00], reader.GetFieldValue<byte[]>(2));
        Assert.Equal([(byte)'a', (byte)'b', 0], reader.GetFieldValue<byte[]>(3));
        Assert.Equal(2, reader.GetBytes(2, 0, null, 0, 0));
    }

    [Fact]
    public async Task Null_ReadAsNonNullable_SaysWhichColumn()
    {
        await using var reader = await FirstRowAsync("select cast(null as Nullable(Int32)) as missing, cast(null as Nullable(String)) as text, null as nothing");

        Assert.True(reader.IsDBNull(0));
        Assert.True(reader.IsDBNull(2));
        Assert.Equal(DBNull.Value, reader.GetValue(0));
        Assert.Null(reader.GetFieldValue<int?>(0));
        Assert.Null(reader.GetFieldValue<string?>(1));
        Assert.Contains("'missing'", Assert.Throws<InvalidCastException>(() => reader.GetInt32(0)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidCastException>(() => reader.GetString(1));
    }

    [Fact]
    public async Task ColumnSchema_NamesTheClickHouseTypes()
    {
        await using var reader = await FirstRowAsync("select 1 as id, toDecimal64(1, 4) as price, cast('x' as LowCardinality(Nullable(String))) as name");

        var schema = reader.GetColumnSchema();

        Assert.Equal(["UInt8", "Decimal(18, 4)", "LowCardinality(Nullable(String))"], schema.Select(column => column.DataTypeName));
        Assert.Equal([typeof(byte), typeof(decimal), typeof(string)], schema.Select(column => column.DataType));
        Assert.Equal([false, false, true], schema.Select(column => column.AllowDBNull));
        Assert.Equal((18, 4), (schema[1].NumericPrecision, schema[1].NumericScale));
        Assert.Equal("LowCardinality(Nullable(String))", reader.GetDataTypeName(2));
        Assert.Equal(1, reader.GetOrdinal("PRICE"));
        Assert.Throws<IndexOutOfRangeException>(() => reader.GetOrdinal("other"));
    }

    [Fact]
    public async Task DataTable_Load_TakesAllRows()
    {
        await using var command = engine.Source.CreateCommand("select number as id, toString(number) as name from numbers(10)");
        await using var reader = await command.ExecuteReaderAsync(Token);
        using var table = new DataTable();

        table.Load(reader);

        Assert.Equal(10, table.Rows.Count);
        Assert.Equal("9", table.Rows[9]["name"]);
    }

    [Fact]
    public async Task HasRows_BeforeTheFirstRead_LosesNoRow()
    {
        await using var command = engine.Source.CreateCommand("select number from numbers(2)");
        await using var reader = await command.ExecuteReaderAsync(Token);

        Assert.True(reader.HasRows);
        Assert.True(await reader.ReadAsync(Token));
        Assert.Equal(0, reader.GetInt32(0));
        Assert.True(await reader.ReadAsync(Token));
        Assert.False(await reader.ReadAsync(Token));
        Assert.True(reader.HasRows);

        await using var none = engine.Source.CreateCommand("select number from numbers(0)");
        await using var empty = await none.ExecuteReaderAsync(Token);
        Assert.False(empty.HasRows);
        Assert.False(await empty.ReadAsync(Token));
        Assert.Equal(1, empty.FieldCount);
    }

    [Fact]
    public async Task Getter_WithoutRow_SaysSo()
    {
        await using var command = engine.Source.CreateCommand("select 1");
        await using var reader = await command.ExecuteReaderAsync(Token);

        Assert.Throws<InvalidOperationException>(() => reader.GetInt32(0));
        Assert.True(await reader.ReadAsync(Token));
        Assert.False(await reader.ReadAsync(Token));
        Assert.Throws<InvalidOperationException>(() => reader.GetInt32(0));
    }

    [Fact]
    public void Synchronous_Read_GivesTheSameRows()
    {
        using var connection = engine.Source.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "select number from numbers(100000)";
        using var reader = command.ExecuteReader(CommandBehavior.CloseConnection);
        var sum = 0L;
        while (reader.Read())
        {
            sum += reader.GetInt64(0);
        }

        reader.Close();

        Assert.Equal(4999950000, sum);
        Assert.Equal(ConnectionState.Closed, connection.State);
        Assert.False(reader.NextResult());
    }

    private async Task<ClickHouseDataReader> FirstRowAsync(string sql)
    {
        await using var command = engine.Source.CreateCommand(sql);
        var reader = await command.ExecuteReaderAsync(Token);
        Assert.True(await reader.ReadAsync(Token));
        return reader;
    }
}
