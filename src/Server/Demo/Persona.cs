namespace LifecycleMetrics.Server.Demo;

/// <summary>A kind of customer: how likely they buy, how often they come back, what they spend and what they say.</summary>
/// <param name="Name">Value of the trait <c>persona</c>.</param>
/// <param name="Buys">Probability of a first order after signing up.</param>
/// <param name="Repeats">Probability of a second order; later ones are likelier.</param>
/// <param name="GapDays">Median days between orders.</param>
/// <param name="Basket">Median order in minor units.</param>
/// <param name="Refunds">Probability that an order is sent back.</param>
/// <param name="Promoter">Probability of a 9 or 10 to "would you recommend us".</param>
/// <param name="Refers">Probability of inviting a friend after a good order.</param>
/// <param name="Opens">Probability of opening a mail.</param>
internal sealed record Persona(
    string Name,
    double Buys,
    double Repeats,
    double GapDays,
    int Basket,
    double Refunds,
    double Promoter,
    double Refers,
    double Opens)
{
    public static readonly Persona BargainHunter = new("bargain-hunter", 0.50, 0.46, 44, 3_600, 0.055, 0.42, 0.02, 0.30);
    public static readonly Persona Loyalist = new("loyalist", 0.72, 0.74, 31, 6_400, 0.02, 0.68, 0.08, 0.42);
    public static readonly Persona GiftGiver = new("gift-giver", 0.55, 0.36, 75, 7_600, 0.04, 0.52, 0.04, 0.24);
    public static readonly Persona Explorer = new("explorer", 0.42, 0.42, 46, 5_200, 0.07, 0.45, 0.03, 0.27);
    public static readonly Persona Business = new("business", 0.52, 0.62, 36, 21_000, 0.025, 0.55, 0.03, 0.33);

    /// <summary>Everyone but <see cref="Business"/>, whose members are known by their account.</summary>
    public static readonly Persona[] Private = [BargainHunter, Loyalist, GiftGiver, Explorer];

    public static readonly double[] PrivateShares = [0.32, 0.20, 0.22, 0.26];
}
