using FsCheck.Fluent;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Tests.Spool;

public sealed class EventIdSetTests
{
    [Fact]
    public void HoldsManyHashes_ZeroIncluded_In20To34BytesEach()
    {
        using var set = new EventIdSet();
        set.SetLive(1, isLive: true);
        Assert.True(set.Add(UInt128.Zero, 1));
        Assert.False(set.Add(UInt128.Zero, 1));
        for (var i = 1; i < 1_000_000; i++)
            Assert.True(set.Add(Hash(i), 1));
        for (var i = 1; i < 1_000_000; i++)
            Assert.Equal(1, set.Find(Hash(i)));
        Assert.Equal(0, set.Find(Hash(1_000_001)));
        Assert.Equal(1_000_000, set.CountOf(1));
        Assert.InRange(set.Bytes, 20_000_000, 34_000_000);
    }

    [Fact]
    public void HashesThatDifferInOneOf125Bits_AreTold()
    {
        using var set = new EventIdSet();
        set.SetLive(1, isLive: true);
        for (var bit = 0; bit < 125; bit++)
            Assert.True(set.Add(UInt128.One << bit, 1));
        for (var bit = 0; bit < 125; bit++)
            Assert.False(set.Add(UInt128.One << bit, 1));
    }

    [Fact]
    public void AnySteps_LeaveWhatADictionaryHolds()
    {
        var step = from kind in Gen.Choose(0, 3) from id in Gen.Choose(0, 400) from mark in Gen.Choose(1, 4) select (kind, id, mark);
        var steps = step.ListOf(3_000);
        foreach (var list in steps.Sample(30, 3_000))
        {
            using var set = new EventIdSet();
            var expected = new Dictionary<int, int>();
            var live = new HashSet<int>();
            foreach (var (kind, id, mark) in list)
                Step(set, expected, live, kind, id, mark);
            for (var id = 0; id <= 400; id++)
                Assert.Equal(expected.TryGetValue(id, out var mark) && live.Contains(mark) ? mark : 0, set.Find(Hash(id)));
        }
    }

    private static void Step(EventIdSet set, Dictionary<int, int> expected, HashSet<int> live, int kind, int id, int mark)
    {
        var isThere = expected.TryGetValue(id, out var old) && live.Contains(old);
        switch (kind)
        {
            case 0 or 1:
                if (live.Add(mark))
                {
                    // A mark is used again only when none of its hashes are left.
                    set.Sweep();
                    foreach (var dead in expected.Where(e => !live.Contains(e.Value) || e.Value == mark).Select(e => e.Key).ToList())
                        expected.Remove(dead);
                    set.SetLive((byte)mark, isLive: true);
                    isThere = expected.TryGetValue(id, out old) && live.Contains(old);
                }

                Assert.Equal(!isThere, set.Add(Hash(id), (byte)mark));
                if (!isThere)
                    expected[id] = mark;
                break;
            case 2 when isThere:
                set.SetMark(Hash(id), byte.MaxValue);
                expected.Remove(id);
                break;
            case 3 when mark == 4:
                set.SetLive(4, isLive: false);
                live.Remove(4);
                break;
        }
    }

    private static UInt128 Hash(int number) => EventIdHash.Of(BitConverter.GetBytes(number));
}
