using LifecycleMetrics.Reporting.Email.Templates;

namespace LifecycleMetrics.Reporting.Tests.Email.Templates;

public sealed class TemplateErrorTests
{
    [Theory]
    [InlineData("a\n  {{ missing }}", 2, 6, "Unknown name `missing`")]
    [InlineData("{{ a.b }}", 1, 6, "Unknown member `b`")]
    [InlineData("{{ none.b }}", 1, 9, "of null")]
    [InlineData("{{ string.nope 'x' }}", 1, 11, "Unknown member `nope`")]
    [InlineData("{{ 'x' | string.truncate }}", 1, 17, "`length` is missing")]
    [InlineData("{{ 'x' | string.upcase 1 2 }}", 1, 17, "got 3")]
    [InlineData("{{ 'x' | string.truncate lenght:1 }}", 1, 17, "got `lenght:`")]
    [InlineData("{{ 'x' | string.truncate 'y' }}", 1, 17, "argument 2 is a string where an integer is needed")]
    [InlineData("{{ 1 / 0 }}", 1, 6, "by zero")]
    [InlineData("{{ 9223372036854775807 + 1 }}", 1, 24, "too large")]
    [InlineData("{{ [1][5] }}", 1, 7, "outside the list of 1")]
    [InlineData("{{ 'a' - 1 }}", 1, 8, "doesn't work on a string and a number")]
    [InlineData("{{ [1] < 2 }}", 1, 8, "doesn't work on a list and a number")]
    [InlineData("{{ a.x.y = 1 }}", 1, 6, "Unknown member `x`")]
    [InlineData("{{ 1 | 2 }}", 1, 6, "stands a function")]
    [InlineData("{{ a 1 }}", 1, 4, "isn't a function")]
    [InlineData("{{ for x in 5; end }}", 1, 13, "can't go through a number")]
    [InlineData("{{ func f(x); end; f }}", 1, 20, "needs the argument `x`")]
    [InlineData("{{ func f(x); end; f 1 2 }}", 1, 20, "takes 1 arguments and got 2")]
    [InlineData("{{ include 'nope' }}", 1, 4, "no template `nope`")]
    [InlineData("{{ date.parse 'x' }}", 1, 9, "isn't a date")]
    [InlineData("{{ date.now | date.to_string '%Q' }}", 1, 20, "`%Q`")]
    [InlineData("{{ 1 | math.format 'N' 'xx-nowhere-99' }}", 1, 13, "no culture")]
    [InlineData("{{ 1 | math.format 'N999999999' }}", 1, 13, "100 digits")]
    [InlineData("{{ 'x' | regex.match '(' }}", 1, 16, "isn't a pattern")]
    public void Render_WhatIsWrong_IsNamedWithItsPlace(string template, int line, int column, string problem)
    {
        var failure = Render.Fails(template, new { a = new Dictionary<string, object?>(), none = (string?)null });
        Assert.Contains(problem, failure.Problem, StringComparison.Ordinal);
        Assert.Equal(new SourceLocation("test.sbn", line, column), failure.Location);
        Assert.StartsWith($"test.sbn({line},{column}): ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ if true }}x", 1, 15, "Expected the `end` of `if` in line 1")]
    [InlineData("{{ end }}", 1, 4, "closes nothing")]
    [InlineData("{{ x ", 1, 1, "no `}}`")]
    [InlineData("{%{ x", 1, 1, "no `}%}`")]
    [InlineData("{{ 'x }}", 1, 4, "no closing quote")]
    [InlineData("{{ `x }}", 1, 4, "no closing quote")]
    [InlineData("{{ $'{x", 1, 6, "an interpolated string")]
    [InlineData("{{ '\\q' }}", 1, 5, "isn't an escape sequence")]
    [InlineData("{{ 1 + }}", 1, 8, "Expected an expression")]
    [InlineData("{{ (1 }}", 1, 7, "Expected `)`")]
    [InlineData("{{ [1 2] }}", 1, 7, "after an expression")]
    [InlineData("{{ 1 2 }}", 1, 6, "after an expression")]
    [InlineData("{{ 12x }}", 1, 4, "followed by a letter")]
    [InlineData("{{ 99999999999999999999 }}", 1, 4, "64 bits")]
    [InlineData("{{ 5 = 1 }}", 1, 6, "can stand before `=`")]
    [InlineData("{{ break }}", 1, 4, "outside any loop")]
    [InlineData("{{ for in 1..2 }}", 1, 11, "Expected `in`")]
    [InlineData("{{ for x in 1..2 colour:1; end }}", 1, 18, "after an expression")]
    [InlineData("{{ case 1 }}{{ end }}", 1, 16, "Expected `when`")]
    [InlineData("{{ case 1 }}text{{ when 1 }}{{ end }}", 1, 13, "Expected `when`")]
    [InlineData("{{ tablerow x in y }}", 1, 4, "isn't in the subset")]
    [InlineData("{{ this.x }}", 1, 4, "isn't in the subset")]
    [InlineData("{{ $$ }}", 1, 4, "isn't in the subset")]
    [InlineData("{{ ~ }}", 1, 4, "has no meaning")]
    [InlineData("{{ func f(x = 1, y); end }}", 1, 18, "without default")]
    [InlineData("{{ string.slice 'x' start:1 2 }}", 1, 29, "After an argument with a name")]
    [InlineData("{{ $.x = 1 }}", 1, 8, "can stand before")]
    public void Parse_WhatIsWrong_IsNamedWithItsPlace(string template, int line, int column, string problem)
    {
        var failure = Assert.Throws<TemplateException>(() => new TemplateEngine().Parse(template, "test.sbn"));
        Assert.Contains(problem, failure.Problem, StringComparison.Ordinal);
        Assert.Equal(new SourceLocation("test.sbn", line, column), failure.Location);
    }

    [Fact]
    public void Error_InAnIncludedTemplate_NamesThatFile()
    {
        var failure = Render.Fails("{{ include 'row' }}", settings: new TemplateSettings { Loader = new Pages(("row", "\n{{ x }}")) });
        Assert.Equal(new SourceLocation("row", 2, 4), failure.Location);
    }
}
