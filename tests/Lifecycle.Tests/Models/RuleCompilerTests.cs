using System.Globalization;
using ClickHouse.Data;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Lifecycle.Tests.Models;

/// <summary>Each operator, decided by the real engine.</summary>
public sealed class RuleCompilerTests(SharedLifecycle shared) : IClassFixture<SharedLifecycle>
{
    private const string Hostile = "x' or 1=1 --";

    [Theory]
    [InlineData("plan", ConditionOperator.Eq, "gold", true)]
    [InlineData("plan", ConditionOperator.Eq, "Gold", false)]
    [InlineData("plan", ConditionOperator.Ne, "gold", false)]
    [InlineData("none", ConditionOperator.Ne, "gold", true)]
    [InlineData("none", ConditionOperator.Eq, "", false)]
    [InlineData("seats", ConditionOperator.Gt, 4.5, true)]
    [InlineData("seats", ConditionOperator.Gt, 5.0, false)]
    [InlineData("seats", ConditionOperator.Gte, 5.0, true)]
    [InlineData("seats", ConditionOperator.Lt, 5.0, false)]
    [InlineData("seats", ConditionOperator.Lte, 5.0, true)]
    [InlineData("none", ConditionOperator.Lte, 5.0, false)]
    [InlineData("gift", ConditionOperator.Eq, true, true)]
    [InlineData("gift", ConditionOperator.Eq, false, false)]
    [InlineData("gift", ConditionOperator.Exists, true, true)]
    [InlineData("none", ConditionOperator.Exists, true, false)]
    [InlineData("none", ConditionOperator.Exists, false, true)]
    [InlineData("address.city", ConditionOperator.Eq, "Rome", true)]
    [InlineData("plan", ConditionOperator.Eq, Hostile, false)]
    [InlineData(Hostile, ConditionOperator.Exists, true, false)]
    [InlineData("revenue", ConditionOperator.Eq, 49.5, true)]
    [InlineData("score", ConditionOperator.Exists, true, false)]
    [InlineData("country", ConditionOperator.Eq, "ES", true)]
    [InlineData("campaign", ConditionOperator.Exists, false, true)]
    [InlineData("channel", ConditionOperator.Eq, "direct", true)]
    public async Task Condition_OnAnEvent_Holds(string property, ConditionOperator op, object value, bool expected) =>
        Assert.Equal(expected, await HoldsAsync(new PropertyCondition(property, op, value)));

    [Fact]
    public async Task In_OnTextsAndNumbers_Holds()
    {
        Assert.True(await HoldsAsync(new PropertyCondition("plan", ConditionOperator.In, new[] { "silver", "gold" })));
        Assert.False(await HoldsAsync(new PropertyCondition("plan", ConditionOperator.In, new[] { "silver", Hostile })));
        Assert.True(await HoldsAsync(new PropertyCondition("seats", ConditionOperator.In, new[] { 1d, 5d })));
        Assert.False(await HoldsAsync(new PropertyCondition("none", ConditionOperator.In, new[] { 1d, 5d })));
    }

    [Theory]
    [InlineData("JPY", 4950)]
    [InlineData("KWD", 4.95)]
    public async Task Revenue_InCurrenciesWithoutOrWithThreeDigits_IsInUnits(string currency, double units) =>
        Assert.True(await HoldsAsync(new PropertyCondition("revenue", ConditionOperator.Eq, units), currency));

    [Fact]
    public async Task Trait_IsThatOfTheCall()
    {
        Assert.True(await HoldsAsync(new PropertyCondition("traits.plan", ConditionOperator.Eq, "free")));
        Assert.True(await HoldsAsync(new PropertyCondition("traits.company.employees", ConditionOperator.Gte, 12d)));
        Assert.False(await HoldsAsync(new PropertyCondition("traits.seats", ConditionOperator.Exists, true)));
    }

    [Fact]
    public void Text_OfTheFile_IsOnlyInParameters()
    {
        var compiled = Compile(new PropertyCondition(Hostile, ConditionOperator.Eq, Hostile), Hostile);

        Assert.DoesNotContain(Hostile, compiled.Rules[0].Predicate, StringComparison.Ordinal);
        Assert.Equal(3, compiled.Parameters.Count);
    }

    private static CompiledRules Compile(PropertyCondition condition, string name) =>
        RuleCompiler.Compile([(1, new EntryRule([name], [condition], 1, null))]);

    private async Task<bool> HoldsAsync(PropertyCondition condition, string currency = "EUR")
    {
        var compiled = Compile(condition, "Signed Up");
        var sql = $$$"""
            select {{{compiled.Rules[0].Predicate}}}
            from
            (
                select 'Signed Up' as event, '' as order_id, '' as account_id, '' as campaign, 'direct' as channel, 'ES' as country,
                    {currency:String} as currency, 'web' as source, toNullable(toInt64(4950)) as revenue_minor,
                    cast(null as Nullable(Float64)) as score,
                    '{"plan":"gold","seats":5,"gift":true,"address":{"city":"Rome"}}' as properties,
                    '{"plan":"free","company":{"employees":12}}' as traits
            ) as event
            """;
        await using var command = shared.Database.Writer.CreateCommand(sql);
        command.Parameters.Add(new ClickHouseParameter("currency", currency, "String"));
        foreach (var parameter in compiled.Parameters)
        {
            command.Parameters.Add(new ClickHouseParameter(parameter.Name, parameter.Value, parameter.Type));
        }

        var value = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        return Convert.ToInt32(value, CultureInfo.InvariantCulture) == 1;
    }
}
