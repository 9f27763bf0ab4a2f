namespace LifecycleMetrics.Reporting.Tests.Email.Templates;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("1 + 2", "3")]
    [InlineData("1 + 2.5", "3.5")]
    [InlineData("2 * 2.5", "5")]
    [InlineData("3 / 2", "1.5")]
    [InlineData("4 / 2", "2")]
    [InlineData("3 // 2", "1")]
    [InlineData("7.6 // 2", "4")]
    [InlineData("3 % 2", "1")]
    [InlineData("3.5 % 2", "1.5")]
    [InlineData("1 + 2 * 4", "9")]
    [InlineData("(1 + 2) * 4", "12")]
    [InlineData("3 + 4 % 4", "3")]
    [InlineData("5 - 2 - 2", "1")]
    [InlineData("-3 + 1", "-2")]
    [InlineData("- (1 + 2)", "-3")]
    [InlineData("+1.5", "1.5")]
    [InlineData("0.1m + 0.2m", "0.3")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("1e3", "1000")]
    [InlineData("1.5e-3", "0.0015")]
    [InlineData("0x1ef", "495")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    public void Numbers_AreCalculated(string expression, string expected) =>
        Assert.Equal(expected, Render.Text("{{ " + expression + " }}"));

    [Theory]
    [InlineData("'a' + \"b\"", "ab")]
    [InlineData("'a' + 1", "a1")]
    [InlineData("1 + 'a'", "1a")]
    [InlineData("'a' + null", "a")]
    [InlineData("'a' + true", "atrue")]
    [InlineData("'a' * 3", "aaa")]
    [InlineData("2 * 'b'", "bb")]
    [InlineData("'a' * 0", "")]
    [InlineData("\"tab\\t|\\u0041|\\x42|\\\\|\\\"\"", "tab\t|A|B|\\|\"")]
    [InlineData("`\\d+`", "\\d+")]
    [InlineData("$\"sum {1 + 2} and {'x' | string.upcase}!\"", "sum 3 and X!")]
    [InlineData("$'{ {a: \"}\"}.a }'", "}")]
    [InlineData("'{{ in a string }}'", "{{ in a string }}")]
    public void Strings_AreBuilt(string expression, string expected) =>
        Assert.Equal(expected, Render.Text("{{ " + expression + " }}"));

    [Theory]
    [InlineData("null + 1", "")]
    [InlineData("1.5 * null", "")]
    [InlineData("null", "")]
    [InlineData("null ?? 1", "1")]
    [InlineData("1 ?? 2", "1")]
    [InlineData("false ?? 2", "false")]
    [InlineData("null ?? null ?? 3", "3")]
    [InlineData("1 ?! 2", "2")]
    [InlineData("null ?! 2", "")]
    public void Null_PassesThroughArithmeticAndCoalesces(string expression, string expected) =>
        Assert.Equal(expected, Render.Text("{{ " + expression + " }}"));

    [Theory]
    [InlineData("1 == 1.0", true)]
    [InlineData("1 != 2", true)]
    [InlineData("'1' == 1", true)]
    [InlineData("1 < 2", true)]
    [InlineData("2 <= 1", false)]
    [InlineData("1.5 > 2", false)]
    [InlineData("'aaa' < 'abb'", true)]
    [InlineData("null == null", true)]
    [InlineData("null == 0", false)]
    [InlineData("null < 1", false)]
    [InlineData("null >= 1", false)]
    [InlineData("true && false", false)]
    [InlineData("true || false && false", true)]
    [InlineData("0 && ''", true)]
    [InlineData("null || false", false)]
    [InlineData("!null", true)]
    [InlineData("!0", false)]
    [InlineData("1 + 1 == 2 && 3 > 2", true)]
    [InlineData("(date.parse '2026-01-02') > (date.parse '2026-01-01')", true)]
    public void Conditions_AreBooleans(string expression, bool expected) =>
        Assert.Equal(expected ? "true" : "false", Render.Text("{{ " + expression + " }}"));

    [Theory]
    [InlineData("true ? 'yes' : 'no'", "yes")]
    [InlineData("null ? 'yes' : 'no'", "no")]
    [InlineData("1 > 2 ? 'a' : 2 > 1 ? 'b' : 'c'", "b")]
    [InlineData("(true ? 1 : 2) + 1", "2")]
    [InlineData("true ? ('x' | string.upcase) : 'y'", "X")]
    public void Conditional_TakesOneSide(string expression, string expected) =>
        Assert.Equal(expected, Render.Text("{{ " + expression + " }}"));

    [Fact]
    public void Logic_StopsWhereTheAnswerIsKnown() =>
        Assert.Equal("false true x", Render.Text("{{ false && missing }} {{ true || missing }} {{ 'x' ?? missing }}"));

    [Theory]
    [InlineData("1..3", "[1, 2, 3]")]
    [InlineData("1..<3", "[1, 2]")]
    [InlineData("3..1", "[]")]
    [InlineData("(1..(2 + 1)).size", "3")]
    [InlineData("[1, 'a', null, [true]]", "[1, \"a\", null, [true]]")]
    [InlineData("{a: 1, \"b c\": 'x'}", "{a: 1, b c: \"x\"}")]
    [InlineData("[]", "[]")]
    public void Structures_ShowTheirContent(string expression, string expected) =>
        Assert.Equal(expected, Render.Text("{{ " + expression + " }}"));

    [Theory]
    [InlineData("a.b.c", "deep")]
    [InlineData("a['b'].c", "deep")]
    [InlineData("a.list[1].n", "2")]
    [InlineData("a.list[-1].n", "2")]
    [InlineData("a.list.size", "2")]
    [InlineData("a.text.size", "4")]
    [InlineData("a?.b?.c", "deep")]
    [InlineData("a?.none?.c ?? 'nothing'", "nothing")]
    [InlineData("nothing?.x", "")]
    [InlineData("a.when.year", "2026")]
    public void Paths_ReachMembersAndElements(string expression, string expected)
    {
        var model = new Dictionary<string, object?>
        {
            ["nothing"] = null,
            ["a"] = new Dictionary<string, object?>
            {
                ["b"] = new Dictionary<string, object?> { ["c"] = "deep" },
                ["list"] = new[] { new Dictionary<string, object?> { ["n"] = 1 }, new Dictionary<string, object?> { ["n"] = 2 } },
                ["text"] = "four",
                ["when"] = new DateOnly(2026, 1, 5),
            },
        };
        Assert.Equal(expected, Render.Text("{{ " + expression + " }}", model));
    }

    [Theory]
    [InlineData("'text' | string.append 'END' | string.prepend 'START'", "STARTtextEND")]
    [InlineData("'text' |\n  string.append 'END' |\n  string.upcase", "TEXTEND")]
    [InlineData("'text' |> string.upcase", "TEXT")]
    [InlineData("'123' | string.to_int + 1", "124")]
    [InlineData("string.append 'a' 'b' + 'c'", "abc")]
    [InlineData("1 + string.size 'abc' + 1", "5")]
    [InlineData("'hello' | string.slice 1 length:3", "ell")]
    [InlineData("string.slice text:'hello' start:1", "ello")]
    [InlineData("!string.empty 'x'", "true")]
    [InlineData("string.append ^['a', 'b']", "ab")]
    [InlineData("[1, 2] | array.size", "2")]
    public void Calls_TakeArgumentsAndPipes(string expression, string expected) =>
        Assert.Equal(expected, Render.Text("{{ " + expression + " }}"));

    [Fact]
    public void Index_NeedsNoBlankBefore() =>
        Assert.Equal("1 [1]", Render.Text("{{ f = @array.first; l = [1]; l[0] }} {{ g = @array.reverse; g [1] }}"));
}
