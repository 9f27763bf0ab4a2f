namespace LifecycleMetrics.Server.Demo;

/// <summary>Where customers live; the shop sells to all of them in its own currency.</summary>
internal static class Countries
{
    public static readonly string[] Codes = ["US", "GB", "DE", "ES", "IT", "BR", "FR", "CA", "PT", "MX"];

    public static readonly double[] Shares = [0.38, 0.14, 0.11, 0.08, 0.07, 0.07, 0.06, 0.05, 0.02, 0.02];
}
