namespace ClickHouse.Data.Http;

internal static class ResponseHeaders
{
    public const string ExceptionCode = "X-ClickHouse-Exception-Code";
    public const string ExceptionTag = "X-ClickHouse-Exception-Tag";
    public const string Format = "X-ClickHouse-Format";
    public const string Summary = "X-ClickHouse-Summary";

    public static string? Get(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
