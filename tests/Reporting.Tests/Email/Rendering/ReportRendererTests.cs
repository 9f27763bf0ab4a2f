using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LifecycleMetrics.Reporting.Email.Rendering;

namespace LifecycleMetrics.Reporting.Tests.Email.Rendering;

public sealed partial class ReportRendererTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public void Render_ShippedReport_IsAsTheSnapshots(string language)
    {
        var rendered = SomeReport.Render(language);
        Snapshot.Matches(rendered.Html, $"executive-weekly.{language}.snapshot.html");
        Snapshot.Matches(rendered.Subject + "\n\n" + rendered.Text, $"executive-weekly.{language}.snapshot.txt");
    }

    [Theory]
    [InlineData("en", "Weekly lifecycle report: 2 November 2026 to 8 November 2026", "48,232 EUR")]
    [InlineData("es", "Informe semanal del ciclo de vida: del 2 de noviembre de 2026 al 8 de noviembre de 2026", "48.232 EUR")]
    [InlineData("it", "Rapporto settimanale sul ciclo di vita: dal 2 novembre 2026 al 8 novembre 2026", "48.232 EUR")]
    [InlineData("pt", "Relatório semanal do ciclo de vida: de 2 de novembro de 2026 a 8 de novembro de 2026", "48.232 EUR")]
    public void Render_InEachLanguage_SpeaksIt(string language, string subject, string revenue)
    {
        var rendered = SomeReport.Render(language);
        Assert.Equal(subject, rendered.Subject);
        Assert.Contains(revenue, rendered.Text, StringComparison.Ordinal);
        Assert.Contains(revenue, rendered.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_TextAndHtml_SayTheSameNumbers()
    {
        var rendered = SomeReport.Render("en");
        var html = System.Net.WebUtility.HtmlDecode(rendered.Html);
        var numbers = Number().Matches(rendered.Text[..rendered.Text.IndexOf("https://", StringComparison.Ordinal)]).Select(match => match.Value).ToList();
        Assert.True(numbers.Count > 25, string.Join(' ', numbers));
        Assert.All(numbers, number => Assert.Contains(number, html, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_Html_IsFitForMailPrograms()
    {
        var html = SomeReport.Render("pt").Html;
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1_000, ReportRenderer.MaximumHtmlBytes);
        Assert.DoesNotContain("<svg", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<style", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("width=\"600\"", html, StringComparison.Ordinal);
        Assert.All(Picture().Matches(html), picture => Assert.Contains("alt=\"", picture.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Render_TextFromTheDatabase_IsEncoded()
    {
        var rendered = SomeReport.Render("en");
        Assert.Contains("Acquisition &lt;b&gt; → Conversion &amp; more", rendered.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", rendered.Html, StringComparison.Ordinal);
        Assert.Contains("Acquisition <b> → Conversion & more", rendered.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Links_KeepTheAbsoluteRange()
    {
        var from = new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var to = new DateTimeOffset(2026, 11, 9, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var rendered = SomeReport.Render("en");
        Assert.Contains($"https://metrics.example.com/dashboards/executive-overview?from={from}&to={to}", rendered.Text, StringComparison.Ordinal);
        Assert.Contains($"executive-overview?from={from}&amp;to={to}\"", rendered.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Pictures_AreReferredToAndShownInThePage()
    {
        var rendered = SomeReport.Render("en");
        Assert.Equal(8, rendered.Images.Count);
        Assert.All(rendered.Images, image => Assert.Contains("cid:" + image.ContentId, rendered.Html, StringComparison.Ordinal));
        Assert.DoesNotContain("cid:", rendered.ToPage(), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Attachments_AreCsvThatNoSpreadsheetRuns()
    {
        var files = SomeReport.Render("en").Attachments;
        Assert.Equal(["headline-numbers-2026-11-02.csv", "stage-conversion-2026-11-02.csv", "stage-entries-2026-11-02.csv"], files.Select(file => file.FileName));
        var numbers = Encoding.UTF8.GetString(files[0].Content);
        Assert.StartsWith("\ufeffmetric,unit,currency,minor_factor,good_direction,current,previous\r\nnet_revenue,money,EUR,100,up,4823150,4501200\r\n", numbers, StringComparison.Ordinal);
        Assert.Contains("conversion,'=1+1,", Encoding.UTF8.GetString(files[2].Content), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WithoutLeaks_SaysSo()
    {
        var data = SomeReport.Data();
        var empty = data with { Queries = new Dictionary<string, ReportRows>(data.Queries) { ["leaks"] = new(data.Queries["leaks"].Columns, []) } };
        var rendered = new ReportRenderer(TimeProvider.System).Render(SomeReport.Shipped(), empty, "en", SomeReport.Links(), TestContext.Current.CancellationToken);
        Assert.Contains("No step has a group", rendered.Html, StringComparison.Ordinal);
        Assert.Contains("No step has a group", rendered.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_TooLarge_IsRefused()
    {
        var data = SomeReport.Data();
        var rows = data.Queries["leaks"];
        var many = data with { Queries = new Dictionary<string, ReportRows>(data.Queries) { ["leaks"] = rows with { Rows = [.. Enumerable.Repeat(rows.Rows[0], 200)] } } };
        var failure = Assert.Throws<ReportDataException>(() =>
            new ReportRenderer(TimeProvider.System).Render(SomeReport.Shipped(), many, "en", SomeReport.Links(), TestContext.Current.CancellationToken));
        Assert.Contains("cut off", failure.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"[+−±]?\d[\d,.]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex("<img[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Picture();
}
