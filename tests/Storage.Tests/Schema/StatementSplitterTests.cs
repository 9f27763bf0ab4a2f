using LifecycleMetrics.Storage.Schema;

namespace LifecycleMetrics.Storage.Tests.Schema;

public sealed class StatementSplitterTests
{
    [Theory]
    [InlineData("select 1", new[] { "select 1" })]
    [InlineData("select 1;", new[] { "select 1" })]
    [InlineData("select 1;\n\nselect 2;", new[] { "select 1", "select 2" })]
    [InlineData("select ';'; select 2", new[] { "select ';'", "select 2" })]
    [InlineData("select 'it''s; one'; select 2", new[] { "select 'it''s; one'", "select 2" })]
    [InlineData(@"select 'a\';b'; select 2", new[] { @"select 'a\';b'", "select 2" })]
    [InlineData("select `a;b`, \"c;d\"", new[] { "select `a;b`, \"c;d\"" })]
    [InlineData("-- one; two\nselect 1", new[] { "-- one; two\nselect 1" })]
    [InlineData("select 1 # one; two\n; select 2", new[] { "select 1 # one; two", "select 2" })]
    [InlineData("select /* ; /* nested; */ ; */ 1; select 2", new[] { "select /* ; /* nested; */ ; */ 1", "select 2" })]
    [InlineData("-- only a comment;\n/* and ; another */", new string[0])]
    [InlineData("", new string[0])]
    [InlineData(";;  ;", new string[0])]
    [InlineData("select 'open ; string", new[] { "select 'open ; string" })]
    public void Split_Script_GivesTheStatements(string script, string[] expected) =>
        Assert.Equal(expected, StatementSplitter.Split(script));
}
