using LifecycleMetrics.Reporting.Email.Templates;

namespace LifecycleMetrics.Reporting.Tests.Email.Templates;

public sealed class StatementTests
{
    [Theory]
    [InlineData("{{ x = 5 }}{{ x }}", "5")]
    [InlineData("{{\n x = 5 # assigned\n x\n x + 1 }}", "56")]
    [InlineData("{{ if true; 'a'; end; 'b' }}", "ab")]
    [InlineData("{{ x = 1; x += 2; x *= 5; x -= 1; x /= 2; x }}", "7")]
    [InlineData("{{ x = 7; x //= 2; x }} {{ x %= 2; x }}", "3 1")]
    [InlineData("{{ o = {}; o.a = 1; o['b'] = 2; o }}", "{a: 1, b: 2}")]
    [InlineData("{{ l = []; l[2] = 'x'; l }}", "[null, null, \"x\"]")]
    [InlineData("{{ $x = 3; $x + 1 }}", "4")]
    public void Assignment_PutsNothingOut(string template, string expected) => Assert.Equal(expected, Render.Text(template));

    [Theory]
    [InlineData(1, "one")]
    [InlineData(2, "two")]
    [InlineData(3, "many")]
    public void If_TakesTheFirstTrueBranch(int n, string expected) =>
        Assert.Equal(expected, Render.Text("{{ if n == 1 }}one{{ else if n == 2 }}two{{ else }}many{{ end }}", new { n }));

    [Theory]
    [InlineData("0", "yes")]
    [InlineData("''", "yes")]
    [InlineData("[]", "yes")]
    [InlineData("null", "no")]
    [InlineData("false", "no")]
    public void If_OnlyNullAndFalseAreFalsy(string value, string expected) =>
        Assert.Equal(expected, Render.Text("{{ if " + value + " }}yes{{ else }}no{{ end }}"));

    [Theory]
    [InlineData(2, "low")]
    [InlineData(5, "five")]
    [InlineData(7, "seven or eight")]
    [InlineData(9, "other 9")]
    public void Case_ComparesWithEachWhen(int x, string expected) => Assert.Equal(expected, Render.Text(
        "{{ case x }}\n {{ when 1, 2, 3 }}low{{ when 5 }}five{{ when 7 || 8 }}seven or eight{{ else; 'other ' + x }}{{ end }}", new { x }));

    [Theory]
    [InlineData("{{ for i in 1..3 }}[{{ i }}]{{ end }}", "[1][2][3]")]
    [InlineData("{{ for i in (4..9) offset:2 }}{{ i }}{{ end }}", "6789")]
    [InlineData("{{ for i in (4..9) limit:2 }}{{ i }}{{ end }}", "45")]
    [InlineData("{{ for i in (1..3) reversed }}{{ i }}{{ end }}", "321")]
    [InlineData("{{ for i in 1..9 offset:1 limit:3 }}{{ i }}{{ end }}", "234")]
    [InlineData("{{ for i in [] }}x{{ else }}none{{ end }}", "none")]
    [InlineData("{{ for i in null }}x{{ else }}none{{ end }}", "none")]
    [InlineData("{{ for i in [3, 1, 2] | array.sort }}{{ i }}{{ end }}", "123")]
    [InlineData("{{ for i in 1..5; if i == 2; continue; end; if i == 4; break; end; i; end }}", "13")]
    [InlineData("{{ for i in 'ab' }}{{ for.index }}{{ for.rindex }}{{ for.first }}{{ for.last }}{{ for.even }}{{ for.odd }} {{ end }}", "01truefalsetruefalse 10falsetruefalsetrue ")]
    [InlineData("{{ for i in [1, 1, 2] }}{{ for.changed }} {{ end }}", "true false true ")]
    [InlineData("{{ for p in {a: 1} }}{{ p.key }}={{ p.value }}{{ end }}", "a=1")]
    [InlineData("{{ for i in 1..2; for j in 1..2; i * j; end; for.index; end }}", "120241")]
    [InlineData("{{ t = 0; for i in 1..4; t += i; end; t }}", "10")]
    public void For_GoesThroughItems(string template, string expected) => Assert.Equal(expected, Render.Text(template));

    [Fact]
    public void For_VariableEndsWithTheLoop() =>
        Assert.Contains("Unknown name `i`", Render.Fails("{{ for i in 1..2; end; i }}").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ n = 3; while n > 0; n; n -= 1; end }}", "321")]
    [InlineData("{{ n = 0; while true; n += 1; if n > 3; break; end; while.index; end }}", "012")]
    public void While_RunsUntilFalse(string template, string expected) => Assert.Equal(expected, Render.Text(template));

    [Fact]
    public void Capture_CollectsOutput() =>
        Assert.Equal("[hi 3]", Render.Text("{{ capture x }}hi {{ 1 + 2 }}{{ end }}[{{ x }}]"));

    [Fact]
    public void With_OpensAnObject() => Assert.Equal(
        "1 outer new", Render.Text("{{ a = {x: 1}; y = 'outer'; with a; z = 'new'; x; ' '; y; end; ' '; a.z }}"));

    [Theory]
    [InlineData("{{ func sub; ret $0 - $1; end }}{{ sub 5 1 }} {{ 5 | sub 1 }}", "4 4")]
    [InlineData("{{ func sub(x, y = 10); ret x - y; end }}{{ sub 5 1 }} {{ sub 5 }} {{ sub 5 y:2 }}", "4 -5 3")]
    [InlineData("{{ func hi }}Hello {{ $0 }}!{{ end }}{{ hi 'Ann' }}", "Hello Ann!")]
    [InlineData("{{ func f; $.size; end }}{{ f size:3 }}", "3")]
    [InlineData("{{ func f(n); if n < 2; ret 1; end; ret n * (f n - 1); end }}{{ f 5 }}", "120")]
    [InlineData("{{ func f(n); x = n; end; x = 1; f 2; x }}", "1")]
    [InlineData("{{ func f; x = 2; end; x = 1; f; x }}", "2")]
    [InlineData("{{ func up; ret string.upcase $0; end; ['a', 'b'] | array.each @up }}", "[\"A\", \"B\"]")]
    [InlineData("a{{ ret }}b", "a")]
    public void Functions_AreDefinedAndCalled(string template, string expected) => Assert.Equal(expected, Render.Text(template));

    [Fact]
    public void Include_RendersAnotherTemplate()
    {
        var settings = new TemplateSettings { Loader = new Pages(("row", "<{{ $0 }}{{ name }}>"), ("outer", "{{ include 'row' 1 }}")) };
        Assert.Equal("<1x> <2X>", Render.Text("{{ include 'outer' }} {{ include 'row' 2 | string.upcase }}", new { name = "x" }, settings));
    }

    [Theory]
    [InlineData("a {{- 'b' -}} c", "abc")]
    [InlineData("a\n  {{~ 'b' ~}}  \n  c", "a\nb  c")]
    [InlineData("<ul>\n  {{~ for i in 1..2 ~}}\n  <li>{{ i }}</li>\n  {{~ end ~}}\n</ul>\n", "<ul>\n  <li>1</li>\n  <li>2</li>\n</ul>\n")]
    [InlineData("a \n\n {{- # comment -}} \n\n b", "ab")]
    [InlineData("a\n{{~ '' ~}}\n\nb", "a\n\nb")]
    [InlineData("{{ ## a\n block ## }}x{{ 1 # to the end }}", "x1")]
    [InlineData("{%{ {{ raw }} }%}!", " {{ raw }} !")]
    [InlineData("{%%{ }%} }%%}", " }%} ")]
    [InlineData("a {%{- x -}%} b", "a x b")] // the content keeps its own blanks
    [InlineData("no { code } here", "no { code } here")]
    public void Text_IsTrimmedByMarkers(string template, string expected) => Assert.Equal(expected, Render.Text(template));

    [Fact]
    public void Rendering_LeavesTheModelAsItWas()
    {
        var inner = new Dictionary<string, object?> { ["x"] = 1 };
        var model = new Dictionary<string, object?> { ["inner"] = inner };
        Assert.Equal("2", Render.Text("{{ inner.x = 2; inner.x }}", model));
        Assert.Equal(1, inner["x"]);
        Assert.Single(model);
    }
}
