using System.Net;
using System.Text;
using LifecycleMetrics.Ingest.Tests.Support;
using LifecycleMetrics.Ingest.Traffic;

namespace LifecycleMetrics.Ingest.Tests.Traffic;

public sealed class TrafficRulesTests
{
    private const string Browser =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    private static readonly TrafficOptions Options = new()
    {
        Bot = { Networks = { "66.249.64.0/19" } },
        Internal =
        {
            UserIds = { "staff-1", "dürüm" }, EmailDomains = { "shop.example" }, Networks = { "192.0.2.0/24", "2001:db8:7::/48", "203.0.113.9" },
            Hosts = { "admin.shop.example" }, UserAgents = { "ShopDesktop/" },
        },
        Test =
        {
            Sources = { "qa" }, Environments = { "staging" }, Hosts = { "*.staging.shop.example", "localhost" }, Keys = { "ci" },
        },
    };

    private readonly TrafficRules _rules = new(Options, []);

    [Theory]
    [InlineData("UserAgent", Browser, TrafficFlags.None)]
    [InlineData("UserAgent", "Mozilla/5.0 (compatible; GoogleBot/2.1; +http://www.google.com/bot.html)", TrafficFlags.Bot)]
    [InlineData("UserAgent", "shopdesktop/3.1", TrafficFlags.Internal)]
    [InlineData("UserAgent", "ShopDesktop/3.1 Headless", TrafficFlags.Bot | TrafficFlags.Internal)]
    [InlineData("UserId", "staff-1", TrafficFlags.Internal)]
    [InlineData("UserId", "dürüm", TrafficFlags.Internal)]
    [InlineData("UserId", "Staff-1", TrafficFlags.None)] // ids are exact
    [InlineData("UserId", "staff-12", TrafficFlags.None)]
    [InlineData("UserId", "ana@shop.example", TrafficFlags.Internal)] // an id that is an address
    [InlineData("Email", "ana@shop.example", TrafficFlags.Internal)]
    [InlineData("Email", "Ana@SHOP.example", TrafficFlags.Internal)]
    [InlineData("Email", "ana@eu.shop.example", TrafficFlags.Internal)]
    [InlineData("Email", "ana@myshop.example", TrafficFlags.None)]
    [InlineData("Email", "ana@shop.example.org", TrafficFlags.None)]
    [InlineData("Email", "shop.example", TrafficFlags.None)]
    [InlineData("ContextIp", "192.0.2.255", TrafficFlags.Internal)]
    [InlineData("ContextIp", "::ffff:192.0.2.1", TrafficFlags.Internal)]
    [InlineData("ContextIp", "192.0.3.0", TrafficFlags.None)]
    [InlineData("ContextIp", "203.0.113.9", TrafficFlags.Internal)]
    [InlineData("ContextIp", "203.0.113.8", TrafficFlags.None)]
    [InlineData("ContextIp", "2001:db8:7:ffff::1", TrafficFlags.Internal)]
    [InlineData("ContextIp", "2001:db8:8::1", TrafficFlags.None)]
    [InlineData("ContextIp", "66.249.95.255", TrafficFlags.Bot)]
    [InlineData("ContextIp", "no address", TrafficFlags.None)]
    [InlineData("PageUrl", "https://admin.shop.example/orders?x=1", TrafficFlags.Internal)]
    [InlineData("PageUrl", "https://ADMIN.shop.example", TrafficFlags.Internal)]
    [InlineData("PageUrl", "https://shop.example/admin.shop.example/", TrafficFlags.None)]
    [InlineData("PageUrl", "https://eu.admin.shop.example/", TrafficFlags.None)] // not *.
    [InlineData("PageUrl", "http://a.b.staging.shop.example:8080/", TrafficFlags.Test)]
    [InlineData("PageUrl", "http://staging.shop.example/", TrafficFlags.None)] // below it, not itself
    [InlineData("PageUrl", "http://user:secret@localhost:3000?q", TrafficFlags.Test)]
    [InlineData("PageUrl", "/localhost", TrafficFlags.None)]
    [InlineData("Source", "qa", TrafficFlags.Test)]
    [InlineData("Source", "qa2", TrafficFlags.None)]
    [InlineData("Environment", "Staging", TrafficFlags.Test)]
    [InlineData("Environment", "production", TrafficFlags.None)]
    [InlineData("KeyId", "ci", TrafficFlags.Test)]
    [InlineData("KeyId", "web", TrafficFlags.None)]
    public void Event_GetsTheFlagsOfTheConditionsItMeets(string field, string value, object expected)
    {
        for (var i = 0; i < 2; i++) // the second time from memory
            Assert.Equal((TrafficFlags)expected, Of(_rules, field, value));
    }

    [Fact]
    public void ClientAddress_CountsIfTheEventNamesNone()
    {
        var office = IPAddress.Parse("192.0.2.7");
        Assert.Equal(TrafficFlags.Internal, _rules.Of(new TrafficInput { ClientAddress = office }));
        Assert.Equal(TrafficFlags.Internal, _rules.Of(new TrafficInput { ClientAddress = office.MapToIPv6() }));
        Assert.Equal(TrafficFlags.None, _rules.Of(new TrafficInput { ClientAddress = office, ContextIp = "198.51.100.1"u8 }));
    }

    [Fact]
    public void Unconfigured_OnlyTheBuiltInUserAgentsMark()
    {
        var rules = new TrafficRules(new TrafficOptions(), []);
        Assert.Equal(TrafficFields.UserAgent, rules.Needs);
        Assert.Equal(TrafficFlags.Bot, Of(rules, "UserAgent", "curl/8.0"));
        Assert.Equal(TrafficFlags.None, Of(rules, "PageUrl", "http://localhost/"));
        Assert.Equal(TrafficFlags.None, rules.Of(default));
    }

    [Fact]
    public void ConfiguredBotUserAgents_StandInsteadOfTheBuiltIn_FromEitherOption()
    {
        var rules = new TrafficRules(new TrafficOptions { Bot = { UserAgents = { "watcher" } } }, ["Robot"]);
        Assert.Equal(TrafficFlags.Bot, Of(rules, "UserAgent", "ShopWatcher"));
        Assert.Equal(TrafficFlags.Bot, Of(rules, "UserAgent", "some robot"));
        Assert.Equal(TrafficFlags.None, Of(rules, "UserAgent", "curl/8.0"));
    }

    [Fact]
    public void Needs_NamesTheFieldsOfTheConfiguredConditions()
    {
        var rules = new TrafficRules(new TrafficOptions { Internal = { EmailDomains = { "shop.example" } }, Test = { Hosts = { "localhost" } } }, []);
        Assert.Equal(TrafficFields.UserAgent | TrafficFields.UserId | TrafficFields.Email | TrafficFields.PageUrl, rules.Needs);
    }

    [Fact]
    public void SeenUserAgents_CostNoMemory()
    {
        var address = IPAddress.Parse("2001:db8::1");
        var input = new TrafficInput
        {
            UserAgent = Encoding.UTF8.GetBytes(Browser),
            UserId = "u1"u8,
            Email = "ana@else.example"u8,
            ContextIp = "2001:db8::192.0.2.1"u8,
            ClientAddress = address,
            PageUrl = "https://www.shop.example/path"u8,
            Source = "web"u8,
            Environment = "production"u8,
            KeyId = "web"u8,
        };
        var flags = _rules.Of(input);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            flags |= _rules.Of(input);
            input.ContextIp = i % 2 == 0 ? default : "198.51.100.7"u8;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(TrafficFlags.None, flags);
    }

    [Fact]
    public void Rejects_WhatIsNoNetworkHostOrDomain()
    {
        var options = new IngestOptions
        {
            Traffic =
            {
                Internal = { Networks = { "10.0.0.0/33", "office" }, EmailDomains = { "@shop.example" } },
                Test = { Hosts = { "http://localhost:3000", "*.staging.example" }, UserIds = { "" } },
            },
        };
        var result = Some.Checked(options);
        Assert.Equal(
            [
                "Ingest:Traffic:Internal:Networks holds '10.0.0.0/33'; write a network as 192.0.2.0/24 or 2001:db8::/32.",
                "Ingest:Traffic:Internal:Networks holds 'office'; write a network as 192.0.2.0/24 or 2001:db8::/32.",
                "Ingest:Traffic:Internal:EmailDomains holds '@shop.example'; write a domain as shop.example.",
                "Ingest:Traffic:Test:Hosts holds 'http://localhost:3000'; write a host as staging.shop.example or *.shop.example, without scheme and port.",
                "Ingest:Traffic:Test:UserIds holds ''; an empty text marks nothing.",
            ],
            result.Failures);
    }

    private static TrafficFlags Of(TrafficRules rules, string field, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var input = new TrafficInput();
        switch (field)
        {
            case "UserAgent": input.UserAgent = bytes; break;
            case "UserId": input.UserId = bytes; break;
            case "Email": input.Email = bytes; break;
            case "ContextIp": input.ContextIp = bytes; break;
            case "PageUrl": input.PageUrl = bytes; break;
            case "Source": input.Source = bytes; break;
            case "Environment": input.Environment = bytes; break;
            case "KeyId": input.KeyId = bytes; break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "No such field.");
        }

        return rules.Of(input);
    }
}
