using System.Text;
using LifecycleMetrics.Ingest.Tests.Support;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Tests.Validation;

public sealed class EventValidatorTests
{
    [Theory]
    [InlineData("""{"type":"track","event":"x","userId":"u"}""")]
    [InlineData("""{"type":"track","event":"x","userId":42}""")]
    [InlineData("""{"type":"track","event":"x","anonymousId":"a"}""")]
    [InlineData("""{"type":"track","event":"x","userId":"","anonymousId":"a"}""")]
    [InlineData("""{"type":"track","event":"x","userId":null,"anonymousId":"a"}""")]
    [InlineData("""{"type":"track","event":"x","userId":"u","properties":null,"context":null,"traits":null}""")]
    [InlineData("""{"type":"track","event":"x","userId":"u","properties":{"score":"A+"}}""")]
    [InlineData("""{"type":"track","event":"x","userId":"u","properties":{"n":18446744073709551615,"f":1.5e300}}""")]
    [InlineData("""{"type":"track","event":"x","userId":"u","sentAt":"not a time"}""")]
    [InlineData("""{"type":"track","event":"Level Up","userId":"u","properties":{"value":"high"}}""")]
    [InlineData("""{"type":"identify","userId":"u","traits":{}}""")]
    [InlineData("""{"type":"page","anonymousId":"a"}""")]
    [InlineData("""{"type":"screen","anonymousId":"a"}""")]
    [InlineData("""{"type":"group","userId":"u","groupId":"g"}""")]
    [InlineData("""{"type":"alias","userId":"u","previousId":"a"}""")]
    public void Accepts_AsSdksSend(string json) => Assert.Null(Some.Reason(json));

    [Theory]
    [InlineData("17", RejectReason.NotAnObject)]
    [InlineData("null", RejectReason.NotAnObject)]
    [InlineData("""["track"]""", RejectReason.NotAnObject)]
    [InlineData("""{"event":"x","userId":"u"}""", RejectReason.MissingType)]
    [InlineData("""{"type":"sell","userId":"u"}""", RejectReason.UnknownType)]
    [InlineData("""{"type":{},"userId":"u"}""", RejectReason.UnknownType)]
    [InlineData("""{"type":"track","userId":"u"}""", RejectReason.MissingEvent)]
    [InlineData("""{"type":"track","event":"","userId":"u"}""", RejectReason.MissingEvent)]
    [InlineData("""{"type":"track","event":"  ","userId":"u"}""", RejectReason.MissingEvent)]
    [InlineData("""{"type":"track","event":7,"userId":"u"}""", RejectReason.MissingEvent)]
    [InlineData("""{"type":"track","event":"x"}""", RejectReason.MissingId)]
    [InlineData("""{"type":"track","event":"x","userId":"","anonymousId":""}""", RejectReason.MissingId)]
    [InlineData("""{"type":"track","event":"x","userId":"null"}""", RejectReason.UserIdRefused)]
    [InlineData("""{"type":"track","event":"x","userId":"Undefined","anonymousId":"a"}""", RejectReason.UserIdRefused)]
    [InlineData("""{"type":"track","event":"x","userId":0}""", RejectReason.UserIdRefused)]
    [InlineData("""{"type":"track","event":"x","userId":"[object Object]"}""", RejectReason.UserIdRefused)]
    [InlineData("""{"type":"track","event":"x","userId":" \t "}""", RejectReason.UserIdRefused)]
    [InlineData("""{"type":"track","event":"x","userId":"\u00a0"}""", RejectReason.UserIdRefused)]
    [InlineData("""{"type":"track","event":"x","userId":{}}""", RejectReason.UserIdRefused)]
    [InlineData("""{"type":"track","event":"x","userId":true}""", RejectReason.UserIdRefused)]
    [InlineData("""{"type":"track","event":"x","userId":"u","anonymousId":"undefined"}""", RejectReason.AnonymousIdRefused)]
    [InlineData("""{"type":"alias","anonymousId":"a","previousId":"b"}""", RejectReason.MissingUserId)]
    [InlineData("""{"type":"alias","userId":"u"}""", RejectReason.MissingPreviousId)]
    [InlineData("""{"type":"alias","userId":"u","previousId":"null"}""", RejectReason.PreviousIdRefused)]
    [InlineData("""{"type":"group","userId":"u"}""", RejectReason.MissingGroupId)]
    [InlineData("""{"type":"page","userId":"u","messageId":{}}""", RejectReason.MessageIdInvalid)]
    [InlineData("""{"type":"page","userId":"u","timestamp":"yesterday"}""", RejectReason.TimestampInvalid)]
    [InlineData("""{"type":"page","userId":"u","timestamp":1735689600000}""", RejectReason.TimestampInvalid)]
    [InlineData("""{"type":"page","userId":"u","originalTimestamp":"2026-13-01"}""", RejectReason.TimestampInvalid)]
    [InlineData("""{"type":"page","userId":"u","properties":[]}""", RejectReason.PropertiesInvalid)]
    [InlineData("""{"type":"page","userId":"u","traits":"x"}""", RejectReason.TraitsInvalid)]
    [InlineData("""{"type":"page","userId":"u","context":1}""", RejectReason.ContextInvalid)]
    [InlineData("""{"type":"track","event":"x","userId":"u","properties":{"revenue":"a lot"}}""", RejectReason.RevenueInvalid)]
    [InlineData("""{"type":"track","event":"x","userId":"u","properties":{"revenue":[1]}}""", RejectReason.RevenueInvalid)]
    [InlineData("""{"type":"track","event":"x","userId":"u","properties":{"revenue":1e30}}""", RejectReason.RevenueInvalid)]
    [InlineData("""{"type":"track","event":"x","userId":"u","properties":{"cost":"?"}}""", RejectReason.CostInvalid)]
    [InlineData("""{"type":"track","event":"x","userId":"u","properties":{"revenue":1,"currency":"XYZ"}}""", RejectReason.CurrencyUnknown)]
    [InlineData("""{"type":"track","event":"x","userId":"u","properties":{"revenue":1,"currency":978}}""", RejectReason.CurrencyUnknown)]
    [InlineData("""{"type":"track","event":"x","userId":"u","properties":{"a":[{"b":1e999}]}}""", RejectReason.NumberOutOfRange)]
    [InlineData("""{"type":"track","event":"x","userId":"u","properties":{"a":123456789012345678901234567890}}""", RejectReason.NumberOutOfRange)]
    [InlineData("""{"type":"track","event":"x","userId":"u","context":{"a":-9223372036854775809}}""", RejectReason.NumberOutOfRange)]
    public void Rejects_WithItsReason(string json, string reason) => Assert.Equal(reason, Some.Reason(json));

    [Fact]
    public void Accepts_MessageIdOf99Characters() =>
        Assert.Null(Some.Reason($$"""{"type":"page","userId":"u","messageId":"{{new string('é', 99)}}"}"""));

    [Fact]
    public void Rejects_MessageIdOf100Characters() =>
        Assert.Equal(RejectReason.MessageIdInvalid, Some.Reason($$"""{"type":"page","userId":"u","messageId":"{{new string('x', 100)}}"}"""));

    [Fact]
    public void Rejects_EventOverTheLimit_AndAcceptsOneAtIt()
    {
        const string start = """{"type":"page","userId":"u","properties":{"a":""";
        var fill = (32 * 1024) - start.Length - 4;
        Assert.Null(Some.Reason($"{start}\"{new string('x', fill)}\"}}}}"));
        Assert.Equal(RejectReason.EventTooLarge, Some.Reason($"{start}\"{new string('x', fill + 1)}\"}}}}"));
    }

    [Fact]
    public void Rejects_NestingOverTheLimit_AndAcceptsItAtTheLimit()
    {
        var options = new IngestOptions { MaxEventDepth = 5 };
        string Nested(int depth) => $$$"""{"type":"page","userId":"u","properties":{"a":{{{new string('[', depth)}}}{{{new string(']', depth)}}}}}""";
        Assert.Null(Some.Reason(Nested(3), options));
        Assert.Equal(RejectReason.TooDeep, Some.Reason(Nested(4), options));
    }

    [Fact]
    public void Row_OfATrackCall_HasEveryColumn()
    {
        var row = Some.Row(
            """
            {"type":"track","event":"Order Completed","messageId":"m-1","userId":"u1","anonymousId":"a1",
             "timestamp":"2026-06-15T11:00:00.123Z","sentAt":"2026-06-15T11:59:59.900Z",
             "properties":{"order_id":"o-1","revenue":12.345,"currency":"eur","cost":"4.5","channel":"email","score":9,"country":"fr"},
             "context":{"campaign":{"name":"spring","source":"google","medium":"cpc"},"page":{"referrer":"https://r.test/"},
              "groupId":"g1","userAgent":"Mozilla/5.0","is_internal":true}}
            """);

        Assert.Equal(("m-1", "track", "Order Completed"), (row["event_id"], row["type"], row["event"]));
        Assert.Equal(("u:u1", "u1", "a1", ""), (row["subject_key"], row["user_id"], row["anonymous_id"], row["previous_id"]));
        Assert.Equal(Some.Ms("2026-06-15T11:00:00.123Z"), row["occurred_at"]);
        Assert.Equal(Some.Now.ToUnixTimeMilliseconds(), row["received_at"]);
        Assert.Equal(Some.Ms("2026-06-15T11:59:59.900Z"), row["sent_at"]);
        Assert.Equal(1, row["time_basis"]);
        Assert.Equal(("web", "email", "k1"), (row["source"], row["channel"], row["key_id"]));
        Assert.Equal(("spring", "google", "cpc"), (row["campaign"], row["campaign_source"], row["campaign_medium"]));
        Assert.Equal(("https://r.test/", "FR", "g1", "o-1"), (row["referrer"], row["country"], row["account_id"], row["order_id"]));
        Assert.Equal((1235L, "EUR", 450L, 9.0), (row["revenue_minor"], row["currency"], row["cost_minor"], row["score"]));
        Assert.Equal((false, true, false), (row["is_bot"], row["is_internal"], row["is_test"]));
        Assert.StartsWith("""{"order_id":"o-1",""", (string?)row["properties"]);
        Assert.Equal("{}", row["traits"]);
        Assert.StartsWith("""{"campaign":""", (string?)row["context"]);
    }

    [Theory]
    [InlineData("identify", "Identified")]
    [InlineData("page", "Page Viewed")]
    [InlineData("screen", "Screen Viewed")]
    [InlineData("group", "Grouped")]
    [InlineData("alias", "Aliased")]
    public void Row_OfOtherCalls_NamesTheirEvent(string type, string name)
    {
        var row = Some.Row($$"""{"type":"{{type}}","event":"ignored","userId":"u","groupId":"g","previousId":"p"}""");
        Assert.Equal(name, row["event"]);
        Assert.Equal(type == "alias" ? "p" : "", row["previous_id"]);
    }

    [Theory]
    [InlineData("""{"name":"Main","properties":{}}""", """{"name":"Main"}""")]
    [InlineData("""{"name":"Main"}""", """{"name":"Main"}""")]
    [InlineData("""{"name":"A\"b","category":"Docs","properties":{"url":"/"}}""", """{"name":"A\"b","category":"Docs","url":"/"}""")]
    [InlineData("""{"name":"Main","category":"Docs","properties":{ "name":"Own" }}""", """{"category":"Docs","name":"Own"}""")]
    public void Row_OfAView_KeepsNameAndCategoryInItsProperties(string members, string properties)
    {
        var row = Some.Row("""{"type":"screen","userId":"u",""" + members[1..]);
        Assert.Equal(properties, row["properties"]);
    }

    [Theory]
    [InlineData("""{"traits":{"country":"de","address":{"country":"fr"}}}""", "DE")]
    [InlineData("""{"traits":{"address":{"country":"fr"}},"context":{"country":"it"}}""", "FR")]
    [InlineData("""{"context":{"country":"it"},"properties":{"country":"es"}}""", "IT")]
    [InlineData("""{"context":{"location":{"country":"PT"}}}""", "PT")]
    [InlineData("""{"properties":{"country":"es"}}""", "ES")]
    [InlineData("""{"traits":{"country":"Germany"},"properties":{"country":"es"}}""", "ES")]
    [InlineData("""{"properties":{"country":"Germany"}}""", "")]
    public void Row_TakesTheFirstTwoLetterCountry(string members, string country)
    {
        var row = Some.Row("""{"type":"page","userId":"u",""" + members[1..]);
        Assert.Equal(country, row["country"]);
    }

    [Theory]
    [InlineData("""{"revenue":3}""", "Order Completed", 300L, "USD")]
    [InlineData("""{"revenue":"12.50","currency":"EUR"}""", "Subscribed", 1250L, "EUR")]
    [InlineData("""{"total":20,"value":5}""", "Order Refunded", 2000L, "USD")]
    [InlineData("""{"value":5}""", "Order Completed", 500L, "USD")]
    [InlineData("""{"value":5}""", "Level Up", null, "")]
    [InlineData("""{"revenue":1500,"currency":"JPY"}""", "Order Completed", 1500L, "JPY")]
    [InlineData("""{"revenue":1.2345,"currency":"KWD"}""", "Order Completed", 1235L, "KWD")]
    [InlineData("""{"revenue":-7.005}""", "Order Refunded", -701L, "USD")]
    [InlineData("""{"revenue":null,"currency":"nonsense"}""", "Order Completed", null, "")]
    [InlineData("""{"revenue":""}""", "Order Completed", null, "")]
    public void Row_HasRevenueInMinorUnits(string properties, string name, long? minor, string currency)
    {
        var row = Some.Row($$$"""{"type":"track","event":"{{{name}}}","userId":"u","properties":{{{properties}}}}""");
        Assert.Equal((minor, currency), ((long?)row["revenue_minor"], row["currency"]));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1)", true)]
    [InlineData("Mozilla/5.0 HeadlessChrome/120", true)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) Chrome/120 Safari/537.36", false)]
    [InlineData("", false)]
    public void Row_FlagsBotsByUserAgent(string userAgent, bool isBot) =>
        Assert.Equal(isBot, Some.Row($$$"""{"type":"page","userId":"u","context":{"userAgent":"{{{userAgent}}}"}}""")["is_bot"]);

    [Fact]
    public void Row_TakesTheSourceFromTheEvent_OnlyForTrustedSenders()
    {
        const string json = """{"type":"page","userId":"u","context":{"source":"crm"}}""";
        Assert.Equal("web", Some.Row(json)["source"]);
        Assert.Equal("crm", Some.Row(json, source: new IngestSource("k", "import", Trusted: true))["source"]);
    }

    [Fact]
    public void Row_WithoutMessageId_GetsItsOwn()
    {
        var batch = Some.Validated(Some.Batch("""{"type":"page","userId":"u"}""", """{"type":"page","userId":"u"}"""));
        var ids = Some.Rows(batch).Select(row => (string)row["event_id"]!).ToArray();
        Assert.All(ids, id => Assert.True(Guid.TryParse(id, out _)));
        Assert.Equal(2, ids.Distinct().Count());
    }

    [Fact]
    public void LoneSurrogate_IsReplaced_AndThePairKept()
    {
        var row = Some.Row("""{"type":"track","event":"cut \ud83d here \ud83d\ude00","userId":"u","properties":{"a":"\\ud800 \udfff"}}""");
        Assert.Equal("cut \ufffd here \U0001F600", row["event"]);
        Assert.Equal("""{"a":"\\ud800 \ufffd"}""", row["properties"]);
    }

    [Fact]
    public void InvalidUtf8_SpoilsOnlyItsOwnEvent()
    {
        var body = Encoding.UTF8.GetBytes(Some.Batch(Some.Track("good"), Some.Track("bad?")));
        body[Array.IndexOf(body, (byte)'?')] = 0xFF;
        var batch = Some.Validated(body);
        Assert.Equal((1, RejectReason.InvalidUtf8), (Assert.Single(batch.Errors).Index, batch.Errors[0].Reason));
        Assert.Equal("good", Assert.Single(Some.Rows(batch))["event_id"]);
        Assert.Contains("event_base64", Encoding.UTF8.GetString(batch.DeadLetters.Written), StringComparison.Ordinal);
    }

    [Fact]
    public void BatchContext_IsMergedIntoEvents_WhoseOwnMembersHold()
    {
        var batch = Some.Validated(
            """
            {"context":{"country":"it","campaign":{"name":"batch"},"a":1},
             "batch":[{"type":"page","userId":"u","context":{"campaign":{"name":"own"},"b":2}},{"type":"page","userId":"u","context":null}]}
            """);
        var rows = Some.Rows(batch);
        Assert.Equal(("own", "IT"), (rows[0]["campaign"], rows[0]["country"]));
        Assert.Equal("""{"campaign":{"name":"own"},"b":2,"country":"it","a":1}""", rows[0]["context"]);
        Assert.Equal(("batch", "IT"), (rows[1]["campaign"], rows[1]["country"]));
    }
}
