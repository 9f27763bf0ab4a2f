using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Testing;
using static LifecycleMetrics.Lifecycle.Tests.Support.Some;

namespace LifecycleMetrics.Lifecycle.Tests.Visits;

/// <summary>Accounts worked out by hand, in the model b2b (lapse after 365 days).</summary>
public sealed class AccountLifeTests(EngineFixture engine)
{
    private static readonly LifecycleOptions Options = new() { ModelsDirectory = "account-models", DefaultModel = "b2b" };

    [Fact]
    public async Task Account_LivesWhatItsMembersDo_WhileTheyAreMembers()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine, Day(1000), Options);
        await database.AddAsync(
            // acme: two members, one of them named by the event alone; anonymous before is not the account's.
            Page(0, "ann"),
            Group("acme", 1, "ann"),
            Page(2, "ann"),
            Event("Demo Requested", 3, "bob") with { AccountId = "acme" },
            Order("o1", 4, user: "ann"),
            Event("Account Removed User", 5, "ann"),
            Order("o2", 6, user: "ann"),
            Order("o3", 7, user: "bob") with { AccountId = "acme" },
            // brick: the only order is paid back after its buyer has left.
            Group("brick", 0, "cat"),
            Page(1, "cat"),
            Order("o4", 2, user: "cat"),
            Group("cobalt", 3, "cat"),
            Refund("o4", 4, user: "cat"),
            Page(5, "cat"));
        await database.RefreshAsync();

        Assert.Equal(
            ["2 first awareness", "3 forward consideration", "4 forward decision", "7 forward implementation", "372 lapse lapsed"],
            await StepsAsync(database, "g:acme"));
        Assert.Equal(
            ["1 first awareness", "2 skip decision", "4 back awareness", "367 lapse lapsed"],
            await StepsAsync(database, "g:brick"));
        Assert.Equal(["5 first awareness", "370 lapse lapsed"], await StepsAsync(database, "g:cobalt"));
        Assert.Equal(["u:ann", "u:bob", "u:cat"], (await database.SubjectsAsync()).Select(subject => subject.Split(' ')[0]));

        // Heard of late: ann was a member from the beginning, so her first page is the account's too.
        await database.AddAsync(Group("acme", -1, "ann"));
        await database.RefreshAsync();

        Assert.Equal("0 first awareness", (await StepsAsync(database, "g:acme"))[0]);
    }

    [Fact]
    public async Task Account_IsCreditedToTheTouchesOfItsMembers_InThe90DaysBefore()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine, Day(1000), Options);
        await database.AddAsync(
            // Before ann is a member, and what she is sent, is no touch of the account.
            Page(0, "ann") with { Channel = "referral" },
            Group("acme", 1, "ann"),
            Page(2, "ann") with { Channel = "paid_search", Campaign = "spring" },
            Event("Email Sent", 3, "ann") with { Channel = "email", Campaign = "news" },
            // A demo 90 days after that page, asked for by another member; an order a day later, when the page is too old.
            Event("Demo Requested", 92, "bob") with { AccountId = "acme" },
            Order("o1", 93, user: "ann"));
        await database.RefreshAsync();

        Assert.Equal(
            [
                "awareness paid_search spring",
                "consideration paid_search spring",
                "decision (unattributed) (unattributed)",
            ],
            await database.ReadAsync(
                """
                select concat(stage_id, ' ', channel, ' ', campaign)
                from int_attribution
                where subject_id = 'g:acme' and last_credit > 0
                order by effective_at
                """,
                row => (string)row[0]));
    }

    private static async Task<IReadOnlyList<string>> StepsAsync(LifecycleDatabase database, string account) =>
        [.. (await database.VisitsAsync("b2b", account)).Select(visit =>
            FormattableString.Invariant($"{(visit.EnteredAt - Day(0)).TotalDays} {visit.Direction} {visit.Stage}"))];
}
