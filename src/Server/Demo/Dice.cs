namespace LifecycleMetrics.Server.Demo;

/// <summary>
/// Random numbers that are the same on every machine and .NET version (SplitMix64). Each person has dice of their own,
/// so that one life does not depend on the order in which lives are made.
/// </summary>
internal sealed class Dice
{
    private ulong _state;

    public Dice(ulong seed, string purpose, long index = 0)
    {
        _state = seed;
        foreach (var letter in purpose)
            _state = Mix(_state ^ letter);
        _state = Mix(_state ^ (ulong)index);
    }

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>Evenly in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high) => low + ((high - low) * Unit());

    public int Below(int count) => (int)(Unit() * count);

    public bool Chance(double probability) => Unit() < probability;

    public double Exponential(double mean) => -mean * Math.Log(1 - Unit());

    /// <summary>Log-normal around <paramref name="median"/>; <paramref name="spread"/> is the deviation of the logarithm.</summary>
    public double LogNormal(double median, double spread)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());
        return median * Math.Exp(spread * normal);
    }

    /// <summary>Position in <paramref name="weights"/>, each as likely as its weight.</summary>
    public int Pick(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
            sum += weight;
        var left = Unit() * sum;
        for (var i = 0; i < weights.Length; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }

        return weights.Length - 1;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
