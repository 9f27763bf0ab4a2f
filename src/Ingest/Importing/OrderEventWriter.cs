using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Writes a complete order as <c>Order Completed</c>, a credit as <c>Order Refunded</c>.</summary>
internal sealed class OrderEventWriter(ImportMap map, string source) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null);

    /// <summary>The event; valid until the next call.</summary>
    /// <returns>The text, or why the order makes no event.</returns>
    public (ReadOnlyMemory<byte> Event, string Reason, string Message) Write(OrderDraft order)
    {
        var isCredit = (map.CreditPrefix.Length > 0 && order.OrderId.StartsWith(map.CreditPrefix, StringComparison.Ordinal))
            || (map.NegativeIsCredit && order.Amount < 0);
        if (isCredit && order.Amount > 0)
            return (default, "credit_positive", string.Create(CultureInfo.InvariantCulture, $"credit {order.OrderId} adds up to {order.Amount}; a credit must not be above zero"));

        Currencies.TryGetMinorDigits(Encoding.UTF8.GetBytes(order.Currency), out var digits);
        // Rounded once per order, so that sums agree with the file to half a minor unit an order.
        var amount = Math.Round(isCredit ? -order.Amount : order.Amount, digits, MidpointRounding.AwayFromZero);

        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("type"u8, "track"u8);
        _json.WriteString("event"u8, isCredit ? "Order Refunded"u8 : "Order Completed"u8);
        _json.WriteString("messageId"u8, BusinessKey.MessageId(source, isCredit ? "refund" : "order", order.OrderId));
        if (order.Customer.Length > 0)
            _json.WriteString("userId"u8, order.Customer);
        else
            _json.WriteString("anonymousId"u8, $"{source}-{order.OrderId}");
        _json.WriteString("timestamp"u8, order.At.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        if (order.Country.Length > 0)
        {
            _json.WriteStartObject("context"u8);
            _json.WriteString("country"u8, order.Country);
            _json.WriteEndObject();
        }

        _json.WriteStartObject("properties"u8);
        _json.WriteString("order_id"u8, order.OrderId);
        if (isCredit)
            _json.WriteString("refund_id"u8, order.OrderId);
        _json.WriteNumber("revenue"u8, amount);
        _json.WriteString("currency"u8, order.Currency);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        return (_buffer.WrittenMemory, "", "");
    }

    public void Dispose() => _json.Dispose();
}
