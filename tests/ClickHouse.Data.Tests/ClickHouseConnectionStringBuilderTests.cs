namespace ClickHouse.Data.Tests;

public sealed class ClickHouseConnectionStringBuilderTests
{
    [Fact]
    public void Accepts_AllKeywords()
    {
        var options = new ClickHouseConnectionStringBuilder(
            "Host=db;Port=9;Protocol=https;Username=u;Password=p;Database=d;Timeout=00:01:00;Compression=gzip;Path=/ch;set_max_threads=2");

        Assert.Equal(new Uri("https://db:9/ch"), options.Endpoint);
        Assert.Equal(("u", "p", "d"), (options.Username, options.Password, options.Database));
        Assert.Equal(TimeSpan.FromMinutes(1), options.Timeout);
        Assert.Equal(ClickHouseCompression.Gzip, options.Compression);
        Assert.Equal("2", options.Settings["max_threads"]);
    }

    [Fact]
    public void Defaults_AreThoseOfAFreshServer()
    {
        var options = new ClickHouseConnectionStringBuilder("Host=localhost");

        Assert.Equal(new Uri("http://localhost:8123/"), options.Endpoint);
        Assert.Equal(("default", "", "default"), (options.Username, options.Password, options.Database));
        Assert.Equal(8443, new ClickHouseConnectionStringBuilder("Protocol=https").Port);
    }

    [Theory]
    [InlineData("Hots=x", "Hots")]
    [InlineData("Port=eight", "Port")]
    [InlineData("Port=70000", "Port")]
    [InlineData("Protocol=ftp", "Protocol")]
    [InlineData("Timeout=soon", "Timeout")]
    [InlineData("Compression=lz4", "Compression")]
    public void Rejects_WhatItDoesNotKnow(string connectionString, string named)
    {
        var error = Assert.Throws<ArgumentException>(() => new ClickHouseConnectionStringBuilder(connectionString));

        Assert.Contains(named, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void RedactedString_HasNoPassword() =>
        Assert.Equal("host=h;username=u", new ClickHouseConnectionStringBuilder("Host=h;Password=secret;Username=u").ToRedactedString(), ignoreCase: true);
}
