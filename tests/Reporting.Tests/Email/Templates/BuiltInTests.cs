using System.Globalization;
using LifecycleMetrics.Reporting.Email.Templates;

namespace LifecycleMetrics.Reporting.Tests.Email.Templates;

public sealed class BuiltInTests
{
    [Theory]
    [InlineData("'Hello' | string.append ' World'", "Hello World")]
    [InlineData("'World' | string.prepend 'Hello '", "Hello World")]
    [InlineData("'test' | string.capitalize", "Test")]
    [InlineData("'this is easy' | string.capitalizewords", "This Is Easy")]
    [InlineData("'TeSt' | string.downcase", "test")]
    [InlineData("'test' | string.upcase", "TEST")]
    [InlineData("'This is easy' | string.contains 'easy'", "true")]
    [InlineData("'This is easy' | string.starts_with 'This'", "true")]
    [InlineData("'This is easy' | string.ends_with 'This'", "false")]
    [InlineData("'Scriban' | string.equals_ignore_case 'SCRIBAN'", "true")]
    [InlineData("'hello' | string.index_of 'l'", "2")]
    [InlineData("'' | string.empty", "true")]
    [InlineData("' ' | string.empty", "false")]
    [InlineData("' ' | string.whitespace", "true")]
    [InlineData("'test' | string.size", "4")]
    [InlineData("'[' + ('  x  ' | string.strip) + ']'", "[x]")]
    [InlineData("'[' + ('  x  ' | string.lstrip) + ']'", "[x  ]")]
    [InlineData("'[' + ('  x  ' | string.rstrip) + ']'", "[  x]")]
    [InlineData("\"a.\\r\\n b\\nc\" | string.strip_newlines", "a. bc")]
    [InlineData("'Hello, world. Goodbye, world.' | string.remove 'world'", "Hello, . Goodbye, .")]
    [InlineData("'Hello, world. Goodbye, world.' | string.remove_first 'world'", "Hello, . Goodbye, world.")]
    [InlineData("'Hello, world. Goodbye, world.' | string.remove_last 'world'", "Hello, world. Goodbye, .")]
    [InlineData("'Hello, world. Goodbye, world.' | string.replace 'world' 'buddy'", "Hello, buddy. Goodbye, buddy.")]
    [InlineData("'Hello, world. Goodbye, world.' | string.replace_first 'world' 'buddy'", "Hello, buddy. Goodbye, world.")]
    [InlineData("'hello' | string.slice 0", "hello")]
    [InlineData("'hello' | string.slice 1", "ello")]
    [InlineData("'hello' | string.slice 1 3", "ell")]
    [InlineData("'hello' | string.slice (-2)", "lo")]
    [InlineData("'hello' | string.slice 9", "")]
    [InlineData("'a, b' | string.split ', '", "[\"a\", \"b\"]")]
    [InlineData("'The cat came back the very next day' | string.truncate 13", "The cat ca...")]
    [InlineData("'short' | string.truncate 13", "short")]
    [InlineData("'The cat came back the very next day' | string.truncatewords 4", "The cat came back...")]
    [InlineData("'world' | string.pad_left 10", "     world")]
    [InlineData("('hello' | string.pad_right 10) + '|'", "hello     |")]
    [InlineData("1 | string.pluralize 'product' 'products'", "product")]
    [InlineData("7 | string.pluralize 'product' 'products'", "products")]
    [InlineData("'100% M & Ms!!!' | string.handleize", "100-m-ms")]
    [InlineData("'Hello\\n\"World\"' | string.literal", "\"Hello\\n\\\"World\\\"\"")]
    [InlineData("'123' | string.to_int", "123")]
    [InlineData("'x' | string.to_int", "")]
    [InlineData("'123678912345678' | string.to_long + 1", "123678912345679")]
    [InlineData("'123.4' | string.to_double + 1", "124.4")]
    [InlineData("'test' | string.sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    public void String_Functions(string expression, string expected) =>
        Assert.Equal(expected, Render.Text("{{ " + expression + " }}"));

    [Theory]
    [InlineData("-15.5 | math.abs", "15.5")]
    [InlineData("-5 | math.abs", "5")]
    [InlineData("4.3 | math.ceil", "5")]
    [InlineData("4.6 | math.floor", "4")]
    [InlineData("4.6 | math.round", "5")]
    [InlineData("4.5612 | math.round 2", "4.56")]
    [InlineData("2.5 | math.round", "3")]
    [InlineData("255 | math.format 'X4'", "00FF")]
    [InlineData("1523 | math.format 'N2'", "1,523.00")]
    [InlineData("0.123 | math.format 'P1'", "12.3 %")]
    [InlineData("255 | math.is_number", "true")]
    [InlineData("'yo' | math.is_number", "false")]
    [InlineData("1 | math.plus 2", "3")]
    [InlineData("255 | math.minus 5", "250")]
    [InlineData("2 | math.times 3", "6")]
    [InlineData("11 | math.modulo 10", "1")]
    [InlineData("8.4 | math.divided_by 2.0 | math.round 1", "4.2")]
    [InlineData("8.4 | math.divided_by 2", "4")]
    public void Math_Functions(string expression, string expected) =>
        Assert.Equal(expected, Render.Text("{{ " + expression + " }}"));

    [Theory]
    [InlineData("date.parse '2016/01/05'", "05 Jan 2016")]
    [InlineData("date.parse '2018--06--17' '%Y--%m--%d'", "17 Jun 2018")]
    [InlineData("date.parse '2016/01/05' | date.add_days 1", "06 Jan 2016")]
    [InlineData("date.parse '2016/01/31' | date.add_months 1", "29 Feb 2016")]
    [InlineData("date.parse '2016/01/05' | date.add_years 1 | date.to_string '%F'", "2017-01-05")]
    [InlineData("date.parse '2016-01-05T23:00:00Z' | date.add_hours 2 | date.to_string '%d %H:%M'", "06 01:00")]
    [InlineData("date.parse '2013-09-12T22:49:27+05:30' | date.to_string '%a %A %b %B %C %d %D %e %H %I %j %k %l %L %m %M %p %P %y %Y %Z %%'",
        "Thu Thursday Sep September 20 12 09/12/13 12 22 10 255 22 10 000 09 49 PM pm 13 2013 +05:30 %")]
    [InlineData("date.parse '2013-09-12T22:49:27+05:30' | date.to_string '%r|%R|%T|%u|%U|%V|%W|%w|%v|%N'", "10:49:27 PM|22:49|22:49:27|4|36|37|36|4|12-SEP-2013|000000000")]
    [InlineData("date.now | date.to_string '%F %T'", "2026-11-02 07:00:00")]
    [InlineData("date.now.year", "2026")]
    [InlineData("null | date.to_string '%F'", "")]
    public void Date_Functions(string expression, string expected) => Assert.Equal(
        expected, Render.Text("{{ " + expression + " }}", settings: new TemplateSettings { TimeProvider = new FixedClock() }));

    [Theory]
    [InlineData("[1, 2] | array.add 3", "[1, 2, 3]")]
    [InlineData("[1] | array.concat [2] | array.add_range [3]", "[1, 2, 3]")]
    [InlineData("[1, null, 3] | array.compact", "[1, 3]")]
    [InlineData("['x', 'y'] | array.any @string.contains 'y'", "true")]
    [InlineData("[' a', '6 '] | array.each @string.strip", "[\"a\", \"6\"]")]
    [InlineData("['', '200', ''] | array.filter @string.empty", "[\"\", \"\"]")]
    [InlineData("[4, 5] | array.first", "4")]
    [InlineData("[4, 5] | array.last", "5")]
    [InlineData("[] | array.first", "")]
    [InlineData("['a', 'b', 'c'] | array.insert_at 2 'Yo'", "[\"a\", \"b\", \"Yo\", \"c\"]")]
    [InlineData("[1, 2, 3] | array.join '|'", "1|2|3")]
    [InlineData("['a', 'b'] | array.join ', ' @string.upcase", "A, B")]
    [InlineData("[4, 5, 6] | array.limit 2", "[4, 5]")]
    [InlineData("[4, 5, 6] | array.offset 2", "[6]")]
    [InlineData("[{n: 2}, {n: 1}] | array.map 'n'", "[2, 1]")]
    [InlineData("[{n: 2}, {n: 1}] | array.sort 'n' | array.map 'n'", "[1, 2]")]
    [InlineData("[10, 2, 6] | array.sort", "[2, 6, 10]")]
    [InlineData("[2, null, 1] | array.sort", "[null, 1, 2]")]
    [InlineData("[4, 5, 6] | array.remove_at 1", "[4, 6]")]
    [InlineData("[4, 5, 6] | array.remove_at (-1)", "[4, 5]")]
    [InlineData("[4, 5] | array.reverse", "[5, 4]")]
    [InlineData("[4, 5] | array.size", "2")]
    [InlineData("[1, 1, 4] | array.uniq", "[1, 4]")]
    [InlineData("[1, 2] | array.contains 2", "true")]
    public void Array_Functions(string expression, string expected) =>
        Assert.Equal(expected, Render.Text("{{ " + expression + " }}"));

    [Theory]
    [InlineData("'<a href=\"x\">&' | html.escape", "&lt;a href=&quot;x&quot;&gt;&amp;")]
    [InlineData("'john@liquid.com' | html.url_encode", "john%40liquid.com")]
    [InlineData("\"a\\nb\" | html.newline_to_br", "a<br />\nb")]
    [InlineData("null | object.default 'x'", "x")]
    [InlineData("'' | object.default 'x'", "x")]
    [InlineData("' ' | object.default 'x'", " ")]
    [InlineData("{a: null} | object.has_key 'a'", "true")]
    [InlineData("{a: null} | object.has_value 'a'", "false")]
    [InlineData("{a: 1, b: 2} | object.keys", "[\"a\", \"b\"]")]
    [InlineData("{a: 1, b: 2} | object.values", "[1, 2]")]
    [InlineData("{a: 1, b: 2} | object.size", "2")]
    [InlineData("1.5 | object.typeof", "number")]
    [InlineData("'this is a text123' | regex.match `(\\w+) a ([a-z]+\\d+)`", "[\"is a text123\", \"is\", \"text123\"]")]
    [InlineData("'a b' | regex.matches `\\w`", "[[\"a\"], [\"b\"]]")]
    [InlineData("'abbbbcccd' | regex.replace 'B+c+' '-Yo-' 'i'", "a-Yo-d")]
    [InlineData("'a, b   , c' | regex.split `\\s*,\\s*`", "[\"a\", \"b\", \"c\"]")]
    [InlineData("'(abc.*)' | regex.escape", "\\(abc\\.\\*\\)")]
    public void Html_Object_And_Regex_Functions(string expression, string expected) =>
        Assert.Equal(expected, Render.Text("{{ " + expression + " }}"));

    [Fact]
    public void Culture_ShapesNumbersAndDates()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        Assert.Equal("1.234,5 0,5", Render.Text("{{ 1234.5 | math.format 'N1' }} {{ 0.5 }}", settings: new TemplateSettings { Culture = culture }));
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 2, 7, 0, 0, TimeSpan.Zero);
    }
}
