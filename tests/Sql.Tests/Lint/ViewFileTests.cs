using System.Text.RegularExpressions;

namespace LifecycleMetrics.Sql.Tests.Lint;

/// <summary>Every view file says what it is, and what it says is so.</summary>
public sealed partial class ViewFileTests
{
    private const int LineLength = 100;

    private static readonly Dictionary<string, string[]> Prefixes = new()
    {
        ["2_staging"] = ["stg_"],
        ["3_lifecycle"] = ["int_"],
        ["4_kpis"] = ["kpi_", "dim_"],
    };

    public static TheoryData<string> Views => SqlSource.ViewNames();

    [Theory]
    [MemberData(nameof(Views))]
    public void View_Name_HasPrefixOfItsFolder(string view)
    {
        var file = SqlSource.Views[view].File;

        Assert.Contains(Prefixes[file.Layer], prefix => view.StartsWith(prefix, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void View_Header_NamesWhatItReads(string view)
    {
        var file = SqlSource.Views[view];
        var declared = file.Reads.Where(name => name != "none").Order(StringComparer.Ordinal);

        Assert.Equal(SqlSource.Read(file.File.Text).Order(StringComparer.Ordinal), declared);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void View_Header_IsFourLines(string view)
    {
        var lines = SqlSource.Views[view].File.Text.Split('\n');

        Assert.All(lines[..4], line => Assert.StartsWith("-- ", line, StringComparison.Ordinal));
        Assert.False(lines[4].StartsWith("--", StringComparison.Ordinal), $"{view}: line 5 must begin the select.");
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void View_Text_FollowsTheStyle(string view)
    {
        var text = SqlSource.Views[view].File.Text;
        var code = SqlSource.Code(text);

        Assert.DoesNotMatch(SelectStar(), code);
        Assert.DoesNotMatch(UpperCaseKeyword(), code);
        Assert.DoesNotMatch(GroupByNumber(), code);
        Assert.DoesNotContain('\t', text);
        Assert.DoesNotContain(
            text.Split('\n'),
            line => line.Length > LineLength && !line.StartsWith("--", StringComparison.Ordinal) && !line.Contains('\'', StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\bselect\s+(\w+\.)?\*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SelectStar();

    [GeneratedRegex(@"\b(SELECT|FROM|WHERE|JOIN|GROUP|ORDER|WITH|UNION|HAVING|AND|OR|NOT|AS|ON)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UpperCaseKeyword();

    [GeneratedRegex(@"\b(group|order) by\s+\d", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GroupByNumber();
}
