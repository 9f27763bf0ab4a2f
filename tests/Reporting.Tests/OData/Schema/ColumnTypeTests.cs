using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.OData.Edm;

namespace LifecycleMetrics.Reporting.Tests.OData.Schema;

public sealed class ColumnTypeTests
{
    [Theory]
    [InlineData("UInt8", "Edm.Byte", false)]
    [InlineData("UInt16", "Edm.Int32", false)]
    [InlineData("UInt32", "Edm.Int64", false)]
    [InlineData("UInt64", "Edm.Decimal", false)]
    [InlineData("Int256", "Edm.Decimal", false)]
    [InlineData("Nullable(Float32)", "Edm.Single", true)]
    [InlineData("LowCardinality(Nullable(String))", "Edm.String", true)]
    [InlineData("SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC')))", "Edm.DateTimeOffset", true)]
    [InlineData("Enum8('a' = 1, 'b' = 2)", "Edm.String", false)]
    [InlineData("Date32", "Edm.Date", false)]
    [InlineData("UUID", "Edm.Guid", false)]
    [InlineData("Array(String)", "Edm.String", false)]
    [InlineData("Map(String, Nullable(Int64))", "Edm.String", false)]
    public void Type_OfClickHouse_HasItsEdmType(string type, string edm, bool nullable)
    {
        var parsed = ColumnType.Parse(type);
        var reference = EdmTypes.For(parsed);

        Assert.Equal(edm, reference.FullName());
        Assert.Equal(nullable, reference.IsNullable);
    }

    [Theory]
    [InlineData("Decimal(18, 4)", 18, 4)]
    [InlineData("Decimal(38, 0)", 38, 0)]
    [InlineData("Nullable(Decimal(9, 2))", 9, 2)]
    [InlineData("UInt64", 20, 0)]
    public void Decimal_Always_HasPrecisionAndScale(string type, int precision, int scale)
    {
        var reference = EdmTypes.For(ColumnType.Parse(type)).AsDecimal();

        Assert.Equal((precision, scale), (reference.Precision, reference.Scale));
    }

    [Fact]
    public void Instant_HasItsDigitsAsPrecision() =>
        Assert.Equal(3, EdmTypes.For(ColumnType.Parse("Nullable(DateTime64(3, 'UTC'))")).AsTemporal().Precision);
}
