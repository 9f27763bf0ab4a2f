using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Tests.Validation;

/// <summary>The scanner takes and refuses what the framework's reader does, and sees the same values.</summary>
public sealed class JsonScannerTests
{
    private const int Texts = 20_000;

    [Theory]
    [InlineData("""{"a":1,"b":[true,false,null,{"c":"d"}]}""")]
    [InlineData(" \t\r\n{ } \n")]
    [InlineData("[]")]
    [InlineData("[1,-0,0.5,1e3,1E-3,-1.25e+10]")]
    [InlineData("\"\\u00e9\\n\\\"\\\\ \\/ \\b\\f\\r\\t\"")]
    [InlineData("[01]")]
    [InlineData("[1.]")]
    [InlineData("[.5]")]
    [InlineData("[+1]")]
    [InlineData("[-]")]
    [InlineData("[1e]")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{a:1}")]
    [InlineData("[1 2]")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\u12")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"unfinished")]
    [InlineData("tru")]
    [InlineData("nullx")]
    [InlineData("{} {}")]
    [InlineData("{}\0")]
    [InlineData("")]
    [InlineData("[\"0123456789012345678901234567890123456789\\n012345678901234567890123456789\"]")]
    public void KnownTexts(string json) => AssertAgrees(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void RandomTexts()
    {
        var parts = Gen.Elements(
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"\"", "\"\\n\"", "\"\\u12aF\"", "\"long long long long long long long text\"",
            "\"\\", "\"", "\\u00", "1", "-1", "0", "00", "1.5", "1e9", "1e", "-", "true", "false", "null", "nul", " ", "\n", "\t", "\r", "\u0001", "é");
        foreach (var text in parts.ListOf().Sample(Texts, 40))
            AssertAgrees(Encoding.UTF8.GetBytes(string.Concat(text)));
    }

    [Fact]
    public void RandomDocuments_WithOneByteChanged()
    {
        var changes = from json in Document(4) from place in Gen.Choose(0, 10_000) from value in Gen.Choose(0, 127) select (json, place, value);
        foreach (var (json, place, value) in changes.Sample(Texts, 12))
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            AssertAgrees(bytes);
            bytes[place % bytes.Length] = (byte)value;
            AssertAgrees(bytes);
        }
    }

    [Theory]
    [InlineData(999, false)]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    public void Nesting_IsLimited(int depth, bool isBroken)
    {
        var json = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        Assert.Equal(isBroken, !Scans(json));
    }

    [Theory]
    [InlineData("9223372036854775807", false)]
    [InlineData("18446744073709551615", false)]
    [InlineData("18446744073709551616", true)]
    [InlineData("-9223372036854775808", false)]
    [InlineData("-9223372036854775809", true)]
    [InlineData("1e308", false)]
    [InlineData("1e309", true)]
    [InlineData("1e-400", false)]
    [InlineData("123456789012345678", false)]
    [InlineData("0.1234567890123456789012345", false)]
    public void NumbersOutOfRange_AreSeen(string number, bool isOut)
    {
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes($"[{number}]"));
        scanner.Value();
        Assert.Equal(isOut, scanner.HasNumberOutOfRange);
    }

    [Fact]
    public void BrokenText_IsPlacedByLineAndByte()
    {
        var scanner = new JsonScanner("{\n  \"a\": 1,\n  \"b\": x\n}"u8);
        try
        {
            scanner.Value();
            Assert.Fail("The text was taken.");
        }
        catch (JsonException e)
        {
            Assert.Equal((2L, 7L), (e.LineNumber, e.BytePositionInLine));
        }
    }

    private static void AssertAgrees(byte[] json) =>
        Assert.True(Reads(json) == Scans(json), $"The scanner {(Scans(json) ? "takes" : "refuses")} {Encoding.UTF8.GetString(json)}");

    private static bool Reads(byte[] json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonScanner.MaxDepth });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Scans(byte[] json)
    {
        try
        {
            var scanner = new JsonScanner(json);
            var value = scanner.Value();
            Assert.Equal(scanner.Position, value.Start + value.Length);
            scanner.End();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Gen<string> Document(int depth)
    {
        var scalar = Gen.Elements("1", "-2.5e-3", "true", "false", "null", "\"\"", "\"a\\\"b\"", "\"éß\"", "\"\\u00e9\"", "\"0123456789012345678901234567890123\"");
        if (depth == 0)
            return scalar;
        var inner = Document(depth - 1);
        var blank = Gen.Elements("", "", " ", "\n", "\t\r\n");
        var array = from items in inner.ListOf() from space in blank select $"[{space}{string.Join($"{space},", items)}{space}]";
        var document = from items in inner.ListOf()
                       from space in blank
                       select $"{{{space}{string.Join($",{space}", items.Select((item, i) => $"\"k{i}\"{space}:{item}"))}}}";
        return Gen.OneOf(scalar, array, document);
    }
}
