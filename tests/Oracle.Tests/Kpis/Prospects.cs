using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Who has neither ordered nor signed a contract yet, and how long they are given.</summary>
internal static class Prospects
{
    /// <summary>The window of the first stage of the convert phase in the default model.</summary>
    public static TimeSpan Window(World world) => world.Models[0].Stages.First(stage => stage.Phase == "convert").ConvertWithin;

    /// <summary>The instant from which a subject is a customer.</summary>
    public static DateTime CustomerAt(World world, Subject subject) => world.Orders
        .Where(order => order.IsOrder && order.Subject == subject.Id).Select(order => order.At)
        .Concat(subject.Touches.Where(touch => touch.Event == "Contract Signed").Select(touch => touch.At))
        .DefaultIfEmpty(DateTime.MaxValue).Min();
}
