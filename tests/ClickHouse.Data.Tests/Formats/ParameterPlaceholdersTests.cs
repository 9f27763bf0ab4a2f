using ClickHouse.Data.Formats;

namespace ClickHouse.Data.Tests.Formats;

public sealed class ParameterPlaceholdersTests
{
    [Fact]
    public void Find_GivesNameAndType()
    {
        var found = ParameterPlaceholders.Find("select {a:Int32}, { b : Array(Enum8('}' = 1)) }, {a:String}, {t:Identifier}.x");

        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "Int32", ["b"] = "Array(Enum8('}' = 1))", ["t"] = "Identifier" },
            found);
    }

    [Theory]
    [InlineData("select '{a:Int32}'")]
    [InlineData("select 'it''s \\' {a:Int32}'")]
    [InlineData("select `{a:Int32}`, \"{a:Int32}\"")]
    [InlineData("select 1 -- {a:Int32}")]
    [InlineData("select 1 /* {a:Int32} */")]
    [InlineData("insert into t format JSONEachRow {\"a\":1}")]
    [InlineData("select map('a', 1), {'b':2}")]
    [InlineData("select {a:Int32")]
    public void Find_SkipsTextThatIsNoPlaceholder(string sql) => Assert.Empty(ParameterPlaceholders.Find(sql));

    [Fact]
    public void Find_GoesOnAfterAComment() =>
        Assert.Equal(["b"], ParameterPlaceholders.Find("-- {a:Int8}\nselect /* it's */ {b:Int8}").Keys);
}
