namespace LifecycleMetrics.Server.Demo;

/// <summary>Which system of the shop reports a touch.</summary>
internal static class Sources
{
    public static string Of(in Touch touch) => touch.Kind switch
    {
        TouchKind.AdImpression or TouchKind.AdClicked => "ads",
        TouchKind.OrderCompleted or TouchKind.OrderRefunded
            or TouchKind.LoyaltyPointsEarned or TouchKind.LoyaltyPointsRedeemed or TouchKind.LoyaltyPointsExpired => "shop",
        TouchKind.EmailSent or TouchKind.EmailDelivered or TouchKind.EmailBounced or TouchKind.EmailOpened
            or TouchKind.EmailClicked or TouchKind.EmailUnsubscribed or TouchKind.EmailComplained => "email",
        TouchKind.SurveySent or TouchKind.SurveyAnswered or TouchKind.SupportCaseOpened or TouchKind.SupportCaseResolved
            or TouchKind.SupportCaseDeflected or TouchKind.ContractSigned or TouchKind.Grouped => "crm",
        TouchKind.SubscriptionStarted or TouchKind.SubscriptionChanged
            or TouchKind.SubscriptionRenewed or TouchKind.SubscriptionCancelled => "billing",
        _ => touch.IsSecondDevice || touch.Person.UsesApp ? "app" : "web",
    };

    /// <summary>True for what happens in a browser or the app, which know the device.</summary>
    public static bool IsBrowser(TouchKind kind) => kind is TouchKind.PageViewed or TouchKind.ProductViewed
        or TouchKind.Identified or TouchKind.SignedUp or TouchKind.ProductAdded or TouchKind.CheckoutStarted
        or TouchKind.HelpArticleViewed;
}
