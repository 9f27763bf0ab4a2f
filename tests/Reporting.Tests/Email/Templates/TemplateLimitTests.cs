using LifecycleMetrics.Reporting.Email.Templates;

namespace LifecycleMetrics.Reporting.Tests.Email.Templates;

public sealed class TemplateLimitTests
{
    [Theory]
    [InlineData("{{ for i in 1..1000; end }}ok")]
    [InlineData("{{ n = 0; while n < 1000; n += 1; end }}ok")]
    public void Loop_OfAThousandSteps_Runs(string template) => Assert.EndsWith("ok", Render.Text(template), StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ while true; end }}", "more than 1000 steps")]
    [InlineData("{{ for i in 1..1001; end }}", "longer than the limit of 1000")]
    [InlineData("{{ for i in 1..9223372036854775807; end }}", "longer than the limit")]
    [InlineData("{{ for i in -9223372036854775807..9223372036854775807; end }}", "longer than the limit")]
    [InlineData("{{ a = 1..600; for i in (array.concat a a); end }}", "more than 1000 steps")]
    public void Loop_PastTheLimit_Fails(string template, string problem) =>
        Assert.Contains(problem, Render.Fails(template).Message, StringComparison.Ordinal);

    [Fact]
    public void Recursion_PastTheLimit_Fails() =>
        Assert.Contains("100 deep", Render.Fails("{{ func f; f; end; f }}").Message, StringComparison.Ordinal);

    [Fact]
    public void Include_OfItself_Fails() => Assert.Contains(
        "100 deep", Render.Fails("{{ include 'me' }}", settings: new TemplateSettings { Loader = new Pages(("me", "{{ include 'me' }}")) }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("+")]
    [InlineData("??")]
    [InlineData("&&")]
    [InlineData("..")]
    public void OperatorChain_PastTheLimit_FailsWhenParsed(string op)
    {
        var chain = string.Join(op, Enumerable.Repeat("1", 100_000));
        Assert.Contains("more than 100 deep", Render.Fails("{{ " + chain + " }}").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("[", "", "]")]
    [InlineData("!", "1", "")]
    [InlineData("- ", "1", "")]
    [InlineData("@", "x", "")]
    [InlineData("{a:", "1", "}")]
    [InlineData("true ? 1 : ", "1", "")]
    [InlineData("x | ", "x", "")]
    [InlineData("x", "", ".x")]
    [InlineData("x", "", "[0]")]
    public void Nesting_PastTheLimit_FailsWhenParsed(string open, string core, string close)
    {
        var text = open == "x"
            ? "x" + string.Concat(Enumerable.Repeat(close, 100_000))
            : string.Concat(Enumerable.Repeat(open, 100_000)) + core + string.Concat(Enumerable.Repeat(close, 100_000));
        Assert.Contains("more than 100 deep", Render.Fails("{{ " + text + " }}").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ if true }}", "{{ end }}")]
    [InlineData("{{ if true }}{{ else ", "{{ end }}")]
    public void NestedBlocks_PastTheLimit_FailWhenParsed(string open, string close)
    {
        var text = open.EndsWith("else ", StringComparison.Ordinal)
            ? "{{ if true }}" + string.Concat(Enumerable.Repeat("{{ else if true }}", 10_000)) + close
            : string.Concat(Enumerable.Repeat(open, 10_000)) + string.Concat(Enumerable.Repeat(close, 10_000));
        Assert.Contains("more than 100 deep", Render.Fails(text).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ 'x' * 1048577 }}")]
    [InlineData("{{ 'x' * 9223372036854775807 }}")]
    [InlineData("{{ s = 'x'; for i in 1..30; s = s + s; end }}")]
    [InlineData("{{ s = 'x' * 2000; for i in 1..600; s; end }}")]
    [InlineData("{{ 'x' | string.pad_left 2000000000 }}")]
    [InlineData("{{ s = 'x' * 1000; s | string.replace 'x' s | string.replace 'x' s }}")]
    public void Output_PastTheLimit_Fails(string template) =>
        Assert.Contains("1048576 characters", Render.Fails(template).Message, StringComparison.Ordinal);

    [Fact]
    public void List_PastTheLimit_Fails() => Assert.Contains(
        "100000 elements", Render.Fails("{{ l = [1]; for i in 1..40; l = array.concat l l; end }}").Message, StringComparison.Ordinal);

    [Fact]
    public void Regex_PastItsTime_Fails()
    {
        var settings = new TemplateSettings { Limits = new TemplateLimits { RegexTime = TimeSpan.FromMilliseconds(50) } };
        Assert.Contains("took longer", Render.Fails("{{ ('a' * 40 + 'b') | regex.match '^(a+)+$' }}", settings: settings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var template = new TemplateEngine().Parse("{{ while true; end }}", "t");
        Assert.Throws<OperationCanceledException>(() => template.Render(new Dictionary<string, object?>(), new TemplateSettings(), cancelled.Token));
    }

    [Fact]
    public void Text_AsDeepAsAllowed_Renders()
    {
        // Calls nested to the limit, each with an expression as deep as allowed, stay within the stack.
        var sum = string.Join(" + ", Enumerable.Repeat("1", 60));
        Assert.Equal("90", Render.Text("{{ func f(n); x = " + sum + "; if n < 90; ret f n + 1; end; ret n; end; f 1 }}"));
    }
}
