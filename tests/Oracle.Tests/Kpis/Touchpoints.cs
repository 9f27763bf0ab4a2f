using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>What attribution may credit.</summary>
internal static class Touchpoints
{
    /// <summary>
    /// Visits and clicks of a subject; those of one channel and campaign less than 30 minutes after each other are one, the
    /// first.
    /// </summary>
    public static IReadOnlyList<Touch> Of(Subject subject)
    {
        var credited = new List<Touch>();
        Touch? before = null;
        foreach (var touch in subject.Touches.Where(touch =>
            touch.Type is "page" or "screen" || touch.Event is "Ad Clicked" or "Email Clicked" or "Referral Accepted"))
        {
            var isSame = before is not null
                && ReferenceLifecycle.ChannelOf(touch) == ReferenceLifecycle.ChannelOf(before)
                && touch.Campaign == before.Campaign
                && touch.At < before.At.AddMinutes(30);
            if (!isSame) credited.Add(touch);
            before = touch;
        }

        return credited;
    }
}
