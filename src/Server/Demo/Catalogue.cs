namespace LifecycleMetrics.Server.Demo;

/// <summary>What the shop sells.</summary>
/// <param name="Id">Value of <c>product_id</c>.</param>
/// <param name="Name">Name on the page.</param>
/// <param name="Category">Category on the page.</param>
/// <param name="Price">Price in minor units of <see cref="Catalogue.Currency"/>.</param>
internal sealed record Product(string Id, string Name, string Category, int Price);

/// <summary>The products of the shop, which sells in one currency.</summary>
internal static class Catalogue
{
    public const string Currency = "USD";

    /// <summary>Goods and shipping as a share of the order.</summary>
    public const double CostShare = 0.54;

    /// <summary>Minor units a month from which a service plan is the larger one.</summary>
    public const long BusinessPlan = 50_000;

    public static readonly Product[] Products =
    [
        new("p-101", "Ceramic mug", "kitchen", 1_450),
        new("p-102", "Cast-iron pan", "kitchen", 5_900),
        new("p-103", "Chef's knife", "kitchen", 7_800),
        new("p-104", "Coffee grinder", "kitchen", 4_900),
        new("p-201", "Linen throw", "home", 6_400),
        new("p-202", "Table lamp", "home", 8_900),
        new("p-203", "Wool rug", "home", 18_500),
        new("p-204", "Scented candle", "home", 2_200),
        new("p-301", "Canvas backpack", "travel", 7_400),
        new("p-302", "Travel bottle", "travel", 2_600),
        new("p-303", "Packing cubes", "travel", 3_100),
        new("p-401", "Notebook set", "office", 1_900),
        new("p-402", "Desk organiser", "office", 3_400),
        new("p-403", "Office chair", "office", 24_900),
        new("p-501", "Gift card", "gifts", 5_000),
        new("p-502", "Hamper", "gifts", 8_200),
    ];
}
