using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Lifecycle.Tests.Reference;

/// <summary>An order with its refunds, or refunds that have no order.</summary>
internal sealed record ReferenceOrder(
    string OrderId, string Subject, bool IsOrder, string EventId, DateTime At, long Revenue, IReadOnlyList<ReferenceRefund> Refunds)
{
    /// <summary>The report that counts: the first of the order, or of the refunds if there is no order.</summary>
    public required Touch Report { get; init; }

    /// <summary>The refund that returned the last of the revenue.</summary>
    public ReferenceRefund? VoidedBy => IsOrder ? Refunds.FirstOrDefault(refund => refund.IsAllReturned) : null;

    /// <summary>Puts orders together from touchpoints in the order of their time and id.</summary>
    public static IReadOnlyList<ReferenceOrder> From(IReadOnlyList<Touch> touches, Func<Touch, string> subjectOf)
    {
        var orders = new List<ReferenceOrder>();
        foreach (var reports in touches
            .Where(touch => touch.Event is "Order Completed" or "Order Refunded")
            .GroupBy(touch => touch.OrderId.Length == 0 ? touch.EventId : touch.OrderId))
        {
            var order = reports.Where(touch => touch.Event == "Order Completed")
                .OrderBy(touch => touch.At).ThenBy(touch => touch.EventId, StringComparer.Ordinal).ThenBy(subjectOf, StringComparer.Ordinal)
                .FirstOrDefault();
            var refunds = reports.Where(touch => touch.Event == "Order Refunded")
                .DistinctBy(touch => touch.RefundId.Length > 0 ? (object)touch.RefundId : (touch.At, touch.RevenueMinor))
                .ToArray();
            var first = order ?? refunds[0];
            var revenue = order?.RevenueMinor ?? 0;
            orders.Add(new ReferenceOrder(
                reports.Key, subjectOf(first), order is not null, first.EventId, first.At, revenue, Cap(order, revenue, refunds))
            {
                Report = first,
            });
        }

        return orders;
    }

    public Order ToRow(DateTime asOf)
    {
        var refunds = Refunds.Where(refund => refund.At <= asOf).ToArray();
        return new Order(
            OrderId,
            Subject,
            IsOrder,
            At,
            Revenue,
            refunds.Sum(refund => refund.Amount),
            refunds.Length == 0 ? null : refunds.Max(refund => refund.At),
            refunds.Length,
            VoidedBy is { } voided && voided.At <= asOf);
    }

    // Each refund takes what it claims of what is left; without an amount it claims everything.
    private static List<ReferenceRefund> Cap(Touch? order, long revenue, Touch[] refunds)
    {
        var capped = new List<ReferenceRefund>();
        var returned = 0L;
        foreach (var refund in refunds)
        {
            var claim = refund.RevenueMinor is null or 0 ? revenue : refund.RevenueMinor.Value;
            var amount = order is null ? claim : Math.Min(claim, revenue - returned);
            returned += amount;
            var at = order is not null && order.At > refund.At ? order.At : refund.At;
            capped.Add(new ReferenceRefund(refund.EventId, at, amount, order is not null && returned >= revenue));
        }

        return capped;
    }
}
