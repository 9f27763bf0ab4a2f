namespace LifecycleMetrics.Server.Demo;

internal enum PersonKind
{
    /// <summary>Signs up sooner or later.</summary>
    Customer,

    /// <summary>Never says who they are.</summary>
    Visitor,

    /// <summary>A crawler.</summary>
    Bot,

    /// <summary>Works for the shop.</summary>
    Staff,
}
