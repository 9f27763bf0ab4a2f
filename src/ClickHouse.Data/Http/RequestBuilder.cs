using System.Net.Http.Headers;
using System.Text;

namespace ClickHouse.Data.Http;

/// <summary>Turns a query into an HTTP request: the statement in the body, everything else in the address.</summary>
internal sealed class RequestBuilder(ClickHouseConnectionStringBuilder options)
{
    /// <summary>Characters of parameters that the address may take; longer ones go into a form. Common proxies allow 8 KB.</summary>
    private const int MaxParametersInAddress = 4096;

    private readonly Uri _endpoint = options.Endpoint;
    private readonly IReadOnlyDictionary<string, string> _defaults = options.Settings;

    private readonly AuthenticationHeaderValue _authorization = new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Username}:{options.Password}")));

    public HttpRequestMessage Build(QueryRequest query)
    {
        var address = new AddressBuilder(_endpoint);
        address.Add("database", query.Database ?? options.Database);
        address.Add("query_id", query.QueryId);
        if (query.Format is { } format)
        {
            address.Add("default_format", format);
        }

        foreach (var (name, value) in Settings(query))
        {
            address.Add(name, value);
        }

        var isForm = query.Body is null && query.Parameters.Sum(parameter => parameter.Value.Length) > MaxParametersInAddress;
        if (!isForm)
        {
            foreach (var (name, value) in query.Parameters)
            {
                address.Add("param_" + name, value);
            }
        }

        if (query.Body is not null)
        {
            address.Add("query", query.Sql);
        }

        var request = new HttpRequestMessage(HttpMethod.Post, address.ToUri())
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = query.Body ?? (isForm ? Form(query) : new ByteArrayContent(Encoding.UTF8.GetBytes(query.Sql))),
        };
        request.Headers.Authorization = _authorization;
        if (query.ResponseCompression != ClickHouseCompression.None)
        {
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(ContentCoding.Name(query.ResponseCompression)));
        }

        return request;
    }

    private Dictionary<string, string> Settings(QueryRequest query)
    {
        var settings = new Dictionary<string, string>(_defaults, StringComparer.Ordinal);
        if (query.ResponseCompression != ClickHouseCompression.None)
        {
            settings["enable_http_compression"] = "1";
        }

        foreach (var (name, value) in query.Settings)
        {
            settings[name] = value;
        }

        return settings;
    }

    private static MultipartFormDataContent Form(QueryRequest query)
    {
        var form = new MultipartFormDataContent();
        Add(form, "query", query.Sql);
        foreach (var (name, value) in query.Parameters)
        {
            Add(form, "param_" + name, value);
        }

        return form;

        static void Add(MultipartFormDataContent form, string name, string value)
        {
            var part = new ByteArrayContent(Encoding.UTF8.GetBytes(value));
            part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
            form.Add(part);
        }
    }
}
