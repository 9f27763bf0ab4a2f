using System.Text;

namespace ClickHouse.Data.Http;

/// <summary>An address with percent-encoded query parameters.</summary>
internal sealed class AddressBuilder(Uri endpoint)
{
    private readonly StringBuilder _query = new();

    public void Add(string name, string value) =>
        _query.Append(_query.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));

    public Uri ToUri() => new(endpoint, endpoint.AbsolutePath + _query);
}
