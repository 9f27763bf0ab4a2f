using System.Globalization;
using ClickHouse.Data.Tests.Support;

namespace ClickHouse.Data.Tests.Types;

/// <summary>Every type through the real engine, both ways in and the one way out.</summary>
public sealed class RoundTripTests(Engine engine)
{
    /// <summary>Types that a placeholder can't have, or whose text is not the value's own.</summary>
    private static readonly string[] NoParameter = ["Nested", "Variant", "SimpleAggregateFunction"];

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["enable_time_time64_type"] = "1",
        ["allow_experimental_bfloat16_type"] = "1",
        ["flatten_nested"] = "0",
        ["allow_suspicious_low_cardinality_types"] = "1",
    };

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (var (index, (type, _)) in RoundTripCases.All.Index())
            {
                cases.Add(index, type);
            }

            return cases;
        }
    }

    public static TheoryData<int, string> ParameterCases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (var (index, (type, _)) in RoundTripCases.All.Index().Where(c => !NoParameter.Any(p => c.Item.Type.StartsWith(p, StringComparison.Ordinal))))
            {
                cases.Add(index, type);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(ParameterCases))]
    public async Task Parameter_OfType_ComesBackAsItWas(int index, string type)
    {
        var value = RoundTripCases.All.ElementAt(index).Value;
        await using var command = engine.Source.CreateCommand($"select {{p:{type}}} as x");
        Apply(command);
        command.Parameters.AddWithValue("p", value);

        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);

        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        AssertSame(value, reader);
        Assert.False(await reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task BulkInsert_OfType_ComesBackAsItWas(int index, string type)
    {
        var value = RoundTripCases.All.ElementAt(index).Value;
        var table = string.Create(CultureInfo.InvariantCulture, $"round_trip_{index}");
        await using var connection = await engine.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var create = connection.CreateCommand();
        create.CommandText = $"create table {table} (id UInt8, x {type}) engine Memory";
        Apply(create);
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        // Three rows, so that a value measured wrongly shows in the one after it.
        object?[][] rows = [[(byte)1, value], [(byte)2, value], [(byte)3, value]];
        await new ClickHouseBulkCopy(connection, table).WriteAsync(rows, TestContext.Current.CancellationToken);

        await using var select = connection.CreateCommand();
        select.CommandText = $"select x, id from {table} order by id";
        Apply(select);
        await using var reader = await select.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        for (var id = 1; id <= 3; id++)
        {
            Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
            AssertSame(value, reader);
            Assert.Equal(id, reader.GetInt32(1));
        }

        Assert.False(await reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    private static void Apply(ClickHouseCommand command)
    {
        foreach (var (name, setting) in Settings)
        {
            command.Settings[name] = setting;
        }
    }

    private static void AssertSame(object? expected, ClickHouseDataReader reader)
    {
        Assert.Equal(expected is null, reader.IsDBNull(0));
        Assert.Equal(expected ?? DBNull.Value, reader.GetValue(0));
        if (expected is not null && reader.GetFieldType(0) != typeof(object))
        {
            Assert.IsAssignableFrom(reader.GetFieldType(0), reader.GetValue(0));
        }

        if (expected is DateTime)
        {
            Assert.Equal(DateTimeKind.Utc, reader.GetDateTime(0).Kind);
        }
    }
}
