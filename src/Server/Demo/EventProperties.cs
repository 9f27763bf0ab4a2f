using System.Globalization;
using System.Text.Json;

namespace LifecycleMetrics.Server.Demo;

/// <summary>Names of events and what each carries in <c>properties</c>.</summary>
internal static class EventProperties
{
    /// <summary>Event name of a track call.</summary>
    public static string NameOf(TouchKind kind) => kind switch
    {
        TouchKind.AdImpression => "Ad Impression",
        TouchKind.AdClicked => "Ad Clicked",
        TouchKind.ProductViewed => "Product Viewed",
        TouchKind.SignedUp => "Signed Up",
        TouchKind.ProductAdded => "Product Added",
        TouchKind.CheckoutStarted => "Checkout Started",
        TouchKind.OrderCompleted => "Order Completed",
        TouchKind.OrderRefunded => "Order Refunded",
        TouchKind.EmailSent => "Email Sent",
        TouchKind.EmailDelivered => "Email Delivered",
        TouchKind.EmailBounced => "Email Bounced",
        TouchKind.EmailOpened => "Email Opened",
        TouchKind.EmailClicked => "Email Clicked",
        TouchKind.EmailUnsubscribed => "Email Unsubscribed",
        TouchKind.EmailComplained => "Email Complained",
        TouchKind.SurveySent => "Survey Sent",
        TouchKind.SurveyAnswered => "Survey Answered",
        TouchKind.HelpArticleViewed => "Help Article Viewed",
        TouchKind.SupportCaseOpened => "Support Case Opened",
        TouchKind.SupportCaseResolved => "Support Case Resolved",
        TouchKind.SupportCaseDeflected => "Support Case Deflected",
        TouchKind.ReferralSent => "Referral Sent",
        TouchKind.ReferralAccepted => "Referral Accepted",
        TouchKind.ReviewSubmitted => "Review Submitted",
        TouchKind.LoyaltyPointsEarned => "Loyalty Points Earned",
        TouchKind.LoyaltyPointsRedeemed => "Loyalty Points Redeemed",
        TouchKind.LoyaltyPointsExpired => "Loyalty Points Expired",
        TouchKind.DemoRequested => "Demo Requested",
        TouchKind.ContractSigned => "Contract Signed",
        TouchKind.SubscriptionStarted => "Subscription Started",
        TouchKind.SubscriptionChanged => "Subscription Changed",
        TouchKind.SubscriptionRenewed => "Subscription Renewed",
        TouchKind.SubscriptionCancelled => "Subscription Cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No track call."),
    };

    /// <summary>Writes <c>event</c> (or the page's <c>name</c>) and <c>properties</c>.</summary>
    public static void Write(Utf8JsonWriter json, in Touch touch)
    {
        var product = Catalogue.Products[touch.Product];
        if (touch.Kind == TouchKind.PageViewed)
            json.WriteString("name"u8, product.Category);
        else
            json.WriteString("event"u8, NameOf(touch.Kind));

        json.WriteStartObject("properties"u8);
        if (touch.Channel is { } channel)
            json.WriteString("channel"u8, channel.Name);
        switch (touch.Kind)
        {
            case TouchKind.ProductViewed or TouchKind.ProductAdded:
                json.WriteString("product_id"u8, product.Id);
                json.WriteString("category"u8, product.Category);
                WriteMoney(json, "price"u8, product.Price);
                break;
            case TouchKind.CheckoutStarted:
                WriteOrderId(json, touch);
                break;
            case TouchKind.OrderCompleted:
                WriteOrderId(json, touch);
                WriteMoney(json, "revenue"u8, touch.Amount);
                WriteMoney(json, "cost"u8, (long)(touch.Amount * Catalogue.CostShare));
                json.WriteString("currency"u8, Catalogue.Currency);
                json.WriteString("product_id"u8, product.Id);
                break;
            case TouchKind.OrderRefunded:
                WriteOrderId(json, touch);
                WriteMoney(json, "revenue"u8, touch.Amount);
                json.WriteString("currency"u8, Catalogue.Currency);
                break;
            case TouchKind.SurveySent:
                json.WriteString("survey"u8, touch.Survey);
                break;
            case TouchKind.SurveyAnswered:
                json.WriteString("survey"u8, touch.Survey);
                json.WriteNumber("score"u8, touch.Score);
                break;
            case TouchKind.ReferralSent:
                json.WriteString("referral_code"u8, "ref-" + touch.Person.Id);
                break;
            case TouchKind.ReferralAccepted:
                json.WriteString("referral_code"u8, "ref-" + touch.Person.InvitedBy);
                break;
            case TouchKind.SignedUp when touch.Person.InvitedBy.Length > 0:
                json.WriteString("referral_code"u8, "ref-" + touch.Person.InvitedBy);
                break;
            case TouchKind.ReviewSubmitted:
                json.WriteNumber("rating"u8, touch.Score);
                break;
            case TouchKind.SupportCaseOpened or TouchKind.SupportCaseResolved:
                json.WriteString("case_id"u8, $"case-{touch.Person.Id}-{touch.Number}");
                break;
            case TouchKind.EmailSent or TouchKind.EmailDelivered or TouchKind.EmailBounced or TouchKind.EmailOpened
                or TouchKind.EmailClicked or TouchKind.EmailUnsubscribed or TouchKind.EmailComplained:
                json.WriteString("email_id"u8, $"mail-{touch.Person.Id}-{touch.Number}");
                if (touch.IsMachine)
                    json.WriteBoolean("is_machine"u8, true);
                break;
            case TouchKind.LoyaltyPointsEarned or TouchKind.LoyaltyPointsRedeemed or TouchKind.LoyaltyPointsExpired:
                json.WriteNumber("points"u8, touch.Amount);
                break;
            case TouchKind.ContractSigned:
                WriteMoney(json, "annual_value"u8, touch.Amount);
                json.WriteString("currency"u8, Catalogue.Currency);
                break;
            case TouchKind.SubscriptionStarted or TouchKind.SubscriptionChanged or TouchKind.SubscriptionRenewed:
                WriteSubscriptionId(json, touch);
                json.WriteString("plan"u8, touch.Amount < Catalogue.BusinessPlan ? "team"u8 : "business"u8);
                WriteMoney(json, "mrr"u8, touch.Amount);
                json.WriteString("currency"u8, Catalogue.Currency);
                break;
            case TouchKind.SubscriptionCancelled:
                WriteSubscriptionId(json, touch);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteOrderId(Utf8JsonWriter json, in Touch touch)
    {
        Span<char> id = stackalloc char[48];
        id.TryWrite(CultureInfo.InvariantCulture, $"ord-{touch.Person.Id}-{touch.Number}", out var length);
        json.WriteString("order_id"u8, id[..length]);
    }

    private static void WriteSubscriptionId(Utf8JsonWriter json, in Touch touch) =>
        json.WriteString("subscription_id"u8, $"sub-{touch.Person.Id}-{touch.Number}");

    private static void WriteMoney(Utf8JsonWriter json, ReadOnlySpan<byte> name, long minor) =>
        json.WriteNumber(name, minor / 100m);
}
