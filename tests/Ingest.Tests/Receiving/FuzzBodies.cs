using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Receiving;

/// <summary>Generators of bodies and headers for <see cref="FuzzTests"/>.</summary>
internal static class FuzzBodies
{
    /// <summary>Batches of odd events: any type at any place, huge numbers, broken dates, half surrogates.</summary>
    public static Gen<byte[]> Batches() => from events in Events() select Encoding.UTF8.GetBytes(Some.Batch(events));

    /// <summary>Campaign costs with any value in any member, some with changed bytes.</summary>
    public static Gen<byte[]> Costs()
    {
        var value = Gen.Elements(
            "\"2026-01-02\"", "\"2026-02-30\"", "\"spring\"", "\"\"", "\"EUR\"", "\"XXX\"", "12.5", "\"12.5\"", "1e999", "-1", "null", "true", "{}", "[]", "\"\\ud83d\"");
        var good = Gen.Constant("""{"date":"2026-01-02","channel":"email","campaign":"spring","cost":12.5,"currency":"EUR"}""");
        var odd =
            from date in value
            from channel in value
            from cost in value
            from currency in value
            select $"{{\"date\":{date},\"channel\":{channel},\"campaign\":\"c\",\"cost\":{cost},\"currency\":{currency}}}";
        var bodies =
            from items in Gen.OneOf(good, odd, value).ArrayOf()
            from form in Gen.Elements("[{0}]", "{\"costs\":[{0}]}", "{0}")
            select Encoding.UTF8.GetBytes(form.Replace("{0}", string.Join(',', items), StringComparison.Ordinal));
        return Gen.OneOf(bodies, from body in bodies from changed in Mutated(body) select changed);
    }

    public static Gen<byte[]> Mutated(byte[] body) =>
        from changes in Gen.Choose(1, 4)
        from places in Gen.Choose(0, Math.Max(0, body.Length - 1)).ListOf(changes)
        from values in Gen.Choose(0, 255).ListOf(changes)
        select Changed(body, places, values);

    public static Gen<byte[]> CutOrContinued(byte[] body) => Gen.OneOf(
        from length in Gen.Choose(0, body.Length) select body[..length],
        from rest in ArbMap.Default.GeneratorFor<byte[]>() select (byte[])[.. body, .. rest]);

    /// <summary>A body in the charset that some sender would use in place of UTF-8, or with bytes that are none.</summary>
    public static Gen<byte[]> InSomeCharset(byte[] body) => Gen.Elements<Func<byte[], byte[]>>(
        bytes => bytes,
        bytes => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes)),
        bytes => Encoding.BigEndianUnicode.GetBytes(Encoding.UTF8.GetString(bytes)),
        bytes => Encoding.UTF32.GetBytes(Encoding.UTF8.GetString(bytes)),
        bytes => Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(bytes)),
        bytes => [.. Encoding.UTF8.Preamble, .. bytes],
        bytes => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes))],
        bytes => [.. bytes, 0],
        bytes => [.. bytes, 0xC0, 0x80]).Select(encode => encode(body));

    /// <summary>Objects and arrays in each other, at the limits of an event and of a body and beyond, closed or not.</summary>
    public static Gen<byte[]> Nested() =>
        from depth in Gen.OneOf(Gen.Choose(1, 70), Gen.Choose(980, 1_020), Gen.Choose(2_000, 20_000))
        from open in Gen.Elements("[", "{\"a\":", "[{\"a\":")
        from isClosed in Gen.Elements(true, true, false)
        from place in Gen.Elements("{\"batch\":[{0}]}", "{\"batch\":[{\"type\":\"track\",\"event\":\"x\",\"userId\":\"u\",\"properties\":{\"p\":{0}}}]}", "{\"context\":{\"c\":{0}},\"batch\":[]}", "{\"event\":\"x\",\"userId\":\"u\",\"messageId\":{0}}", "{0}")
        let close = string.Concat(open.Reverse().Where(c => c is '[' or '{').Select(c => c == '[' ? ']' : '}'))
        let nested = string.Concat(Enumerable.Repeat(open, depth)) + "0" + (isClosed ? string.Concat(Enumerable.Repeat(close, depth)) : "")
        select Encoding.UTF8.GetBytes(place.Replace("{0}", nested, StringComparison.Ordinal));

    public static Gen<(string Name, string Value)> HeaderNoise() => Gen.Elements(
        ("Content-Type", "text/plain"), ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Type", "\"\"//;;="),
        ("Content-Type", "application/json; charset=utf-16"), ("Content-Type", "multipart/form-data"),
        ("Accept", "image/png"), ("Accept-Encoding", "nonsense;q=9"), ("Content-Language", new string('x', 2_000)),
        ("Origin", "null"), ("Origin", "https://shop.example"), ("Cookie", "a=b; c"), ("Range", "bytes=5-1"),
        ("If-Match", "*"), ("X-Forwarded-For", "::1, evil"), ("X-HTTP-Method-Override", "DELETE"), ("TE", "trailers"),
        ("User-Agent", ""), ("User-Agent", "\u00ff\u00fe"), ("traceparent", "00-x"), ("Date", "yesterday"),
        ("Authorization", "Basic"), ("Authorization", "Basic ====="), ("Authorization", "Bearer "), ("Authorization", "Digest x"),
        ("Authorization", "Basic " + new string('A', 4_000)), ("X-Api-Key", ""), ("X-Api-Key", "lm_write_shop_wrong"));

    public static byte[] Compressed(byte[] body, string encoding)
    {
        using var to = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(to, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(to, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            stream.Write(body);
        }

        return to.ToArray();
    }

    /// <exception cref="NotSupportedException">The encoding is none that is accepted.</exception>
    public static byte[] Decompressed(byte[] body, string encoding)
    {
        using var from = new MemoryStream(body);
        using Stream stream = encoding.ToLowerInvariant() switch
        {
            "" or "identity" => new MemoryStream(body),
            "gzip" or "x-gzip" => new GZipStream(from, CompressionMode.Decompress),
            "br" => new BrotliStream(from, CompressionMode.Decompress),
            "deflate" when body is [0x78, ..] && ((body[0] << 8) + (body.Length > 1 ? body[1] : 0)) % 31 == 0 => new ZLibStream(from, CompressionMode.Decompress),
            "deflate" => new DeflateStream(from, CompressionMode.Decompress),
            _ => throw new NotSupportedException(encoding),
        };
        using var to = new MemoryStream();
        stream.CopyTo(to);
        return to.ToArray();
    }

    private static byte[] Changed(byte[] body, List<int> places, List<int> values)
    {
        var copy = body.ToArray();
        for (var i = 0; i < places.Count && copy.Length > 0; i++)
            copy[places[i]] = (byte)values[i];
        return copy;
    }

    private static Gen<string[]> Events()
    {
        var names = Gen.Elements(
            "type", "event", "userId", "anonymousId", "messageId", "previousId", "groupId", "timestamp", "originalTimestamp",
            "sentAt", "properties", "traits", "context", "name", "category", "revenue", "currency", "campaign", "page", "address", "score",
            "order_id", "cost", "total", "value", "utm_source", "userAgent", "is_bot", "country", "\\u0000", "\\ud83d", "");
        var texts = Gen.Elements(
            "\"track\"", "\"page\"", "\"identify\"", "\"alias\"", "\"u1\"", "\"Order Completed\"", "\"\"", "\"null\"", "\"\\ud83d\"", "\"\\ud83d\\ude00\"",
            "\"\\u0000\"", "\"2026-01-02T03:04:05Z\"", "\"2026-99-02\"", "\"EUR\"", "\"12.5\"", "null", "true", "0", "-1", "1e999", "1e-400", "12.50",
            "99999999999999999999", "\"é✓\"", "\"\\\"\\\\\\n\"", "-0", "1E+308", "-1e309", "0.1e-9999999999", "9223372036854775808", "18446744073709551616",
            "\"9223372036854775807\"", "\"1e400\"", "\"-999999999999999999999.999\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:60Z\"",
            new string('9', 400), "0." + new string('0', 400) + "1", $"\"{new string('x', 120)}\"", $"\"{new string('é', 20_000)}\"");
        var value = Gen.Sized(size => Value(Math.Min(size, 4), names, texts));
        var member = from name in names from content in value select $"\"{name}\":{content}";
        var good = from id in Gen.Choose(0, 100_000) select $"\"type\":\"track\",\"event\":\"x\",\"userId\":\"u\",\"messageId\":\"{id}\"";
        var item = from start in Gen.OneOf(good, Gen.Constant("\"a\":1")) from rest in member.ListOf() select $"{{{string.Join(',', rest.Prepend(start))}}}";
        return from events in Gen.OneOf(item, value).ArrayOf() where events.Sum(e => e.Length) < 200_000 select events;
    }

    private static Gen<string> Value(int depth, Gen<string> names, Gen<string> texts)
    {
        if (depth == 0)
            return texts;
        var inner = Value(depth - 1, names, texts);
        var member = from name in names from content in inner select $"\"{name}\":{content}";
        return Gen.OneOf(
            texts,
            from members in member.ListOf() select $"{{{string.Join(',', members)}}}",
            from items in inner.ListOf() select $"[{string.Join(',', items)}]");
    }
}
