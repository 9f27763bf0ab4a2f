using System.Globalization;
using System.Text;
using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Oracle.Tests.Histories;

/// <summary>Writes histories as the worked examples beside the views do.</summary>
internal static class HistoryText
{
    public static string Of(History history)
    {
        var text = new StringBuilder();
        foreach (var part in history.Arrivals.GroupBy(arrival => arrival.Instalment).OrderBy(part => part.Key))
        {
            text.AppendLine(part.Key == 1 ? "    given: |" : "    later: |");
            foreach (var arrival in part) text.Append("      ").AppendLine(Line(arrival.Touch));
        }

        return text.ToString();
    }

    private static string Line(Touch touch)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{touch.At:yyyy-MM-dd HH:mm:ss.fff} ");
        line.Append(touch.UserId.Length > 0 ? touch.UserId : "~" + touch.AnonymousId).Append(' ').Append(touch.Event);
        if (touch.RevenueMinor is { } revenue) line.Append(CultureInfo.InvariantCulture, $" {revenue / 100m:0.00} {touch.Currency}");
        Pair("id", touch.EventId);
        Pair("device", touch.UserId.Length > 0 ? touch.AnonymousId : "");
        Pair("order", touch.OrderId);
        Pair("refund_id", touch.RefundId);
        Pair("channel", touch.Channel);
        Pair("campaign", touch.Campaign);
        Pair("country", touch.Country);
        Pair("persona", touch.Persona);
        Pair("survey", touch.Survey);
        if (touch.Score is { } score) Pair("score", score.ToString(CultureInfo.InvariantCulture));
        if (touch.CostMinor is { } cost) Pair("cost_minor", cost.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in touch.Properties) Pair(name, value is true ? "true" : string.Create(CultureInfo.InvariantCulture, $"{value}"));
        if (touch.IsBot) Pair("bot", "true");
        if (touch.IsInternal) Pair("internal", "true");
        if (touch.IsTest) Pair("test", "true");
        if (touch.IsUndated) Pair("undated", "true");
        if (touch.ReceivedAt is { } received && received != touch.At)
            Pair("received", received.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        return line.ToString();

        void Pair(string key, string value)
        {
            if (value.Length > 0) line.Append(' ').Append(key).Append('=').Append(value);
        }
    }
}
