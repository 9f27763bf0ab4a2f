using ClickHouse.Data.Types;

namespace ClickHouse.Data.Tests.Types;

public sealed class TypeNameTests
{
    [Fact]
    public void Parse_SplitsOnlyAtTheOuterLevel()
    {
        var type = TypeName.Parse("Tuple(a Map(String, Array(Int8)), `odd, (name)` Enum8('x, \\'y)' = 1, 'z' = 2))");

        Assert.Equal("Tuple", type.Family);
        Assert.Equal(["a Map(String, Array(Int8))", "`odd, (name)` Enum8('x, \\'y)' = 1, 'z' = 2)"], type.Arguments);
        Assert.Equal(("odd, (name)", "Enum8('x, \\'y)' = 1, 'z' = 2)"), TypeName.SplitNamed(type.Arguments[1]));
        Assert.Equal((null, "Decimal(9, 2)"), TypeName.SplitNamed("Decimal(9, 2)"));
    }

    [Theory]
    [InlineData("Array(Int8")]
    [InlineData("(Int8)")]
    [InlineData("Enum8('a = 1)")]
    public void Rejects_WhatIsNoTypeName(string text) => Assert.Throws<FormatException>(() => TypeName.Parse(text));

    [Theory]
    [InlineData("AggregateFunction(sum, UInt64)", "finalizeAggregation")]
    [InlineData("Quaternion", "not supported")]
    public void Catalog_OfATypeItDoesNotKnow_SaysWhatToDo(string text, string advice) =>
        Assert.Contains(advice, Assert.Throws<NotSupportedException>(() => TypeCatalog.Get(text)).Message, StringComparison.Ordinal);
}
