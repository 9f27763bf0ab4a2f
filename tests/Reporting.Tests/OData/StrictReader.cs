using Microsoft.OData;
using Microsoft.OData.Edm;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>The OData library's own reader, with all its validations on, over an answer of the service.</summary>
internal sealed class StrictReader : IDisposable
{
    private readonly ODataMessageReader _reader;
    private readonly IEdmModel _model;

    private StrictReader(HttpResponseMessage response, Stream body, IEdmModel model)
    {
        _model = model;
        _reader = new ODataMessageReader(new Message(response, body), new ODataMessageReaderSettings
        {
            Validations = ValidationKinds.All,
            MaxProtocolVersion = ODataVersion.V4,
            ShouldIncludeAnnotation = _ => true,
        }, model);
    }

    public static async Task<StrictReader> OpenAsync(HttpResponseMessage response, IEdmModel model)
    {
        var body = new MemoryStream(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        return new StrictReader(response, body, model);
    }

    public (List<ODataResource> Rows, long? Count, Uri? Next) ReadSet(string name)
    {
        var set = _model.EntityContainer.FindEntitySet(name);
        var rows = new List<ODataResource>();
        var reader = _reader.CreateODataResourceSetReader(set, set.EntityType);
        long? count = null;
        Uri? next = null;
        while (reader.Read())
        {
            if (reader.State == ODataReaderState.ResourceEnd)
                rows.Add((ODataResource)reader.Item!);
            if (reader.State == ODataReaderState.ResourceSetEnd)
                (count, next) = (((ODataResourceSet)reader.Item!).Count, ((ODataResourceSet)reader.Item).NextPageLink);
        }

        return (rows, count, next);
    }

    public ODataResource ReadEntity(string name)
    {
        var set = _model.EntityContainer.FindEntitySet(name);
        var reader = _reader.CreateODataResourceReader(set, set.EntityType);
        ODataResource? resource = null;
        while (reader.Read())
            if (reader.State == ODataReaderState.ResourceEnd)
                resource = (ODataResource)reader.Item!;
        return Assert.IsType<ODataResource>(resource);
    }

    public object? ReadProperty() => _reader.ReadProperty().Value;

    public ODataServiceDocument ReadServiceDocument() => _reader.ReadServiceDocument();

    public ODataError ReadError() => _reader.ReadError();

    public IEdmModel ReadMetadata() => _reader.ReadMetadataDocument();

    public void Dispose() => _reader.Dispose();

    private sealed class Message(HttpResponseMessage response, Stream body) : IODataResponseMessage
    {
        public int StatusCode
        {
            get => (int)response.StatusCode;
            set => throw new NotSupportedException();
        }

        public IEnumerable<KeyValuePair<string, string>> Headers =>
            response.Headers.Concat(response.Content.Headers).Select(header => KeyValuePair.Create(header.Key, string.Join(',', header.Value)));

        public string? GetHeader(string headerName) => Headers.FirstOrDefault(header => header.Key.Equals(headerName, StringComparison.OrdinalIgnoreCase)).Value;

        public Stream GetStream() => body;

        public void SetHeader(string headerName, string headerValue) => throw new NotSupportedException();
    }
}
