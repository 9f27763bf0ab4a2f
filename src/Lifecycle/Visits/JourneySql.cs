using System.Globalization;
using System.Text;
using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>
/// The statement that works out the visits of one model. The life itself is folded in Sql/subject_journey.sql, the
/// same for every model; this class fills in the rules, their counts and the stages they lead into.
/// </summary>
public sealed class JourneySql
{
    /// <summary>
    /// Part of what decides whether visits must be worked out anew; to be raised with each change of their meaning.
    /// </summary>
    public const int RulesVersion = 2;

    private JourneySql(string text, IReadOnlyList<SqlParameter> parameters, LifecycleModel model)
    {
        IsOfAccounts = model.Unit == LifecycleModel.OfAccounts;
        ModelVersion = string.Create(CultureInfo.InvariantCulture, $"{model.Id} {model.Version}");
        Text = text;
        Parameters = parameters;
    }

    /// <summary>The statement; it also takes the parameters refresh_no and bucket.</summary>
    public string Text { get; }

    /// <summary>Whether it works out accounts, or subjects.</summary>
    public bool IsOfAccounts { get; }

    /// <summary>Id and version of the model, as deletions name it.</summary>
    public string ModelVersion { get; }

    /// <summary>Everything that comes from the model.</summary>
    public IReadOnlyList<SqlParameter> Parameters { get; }

    /// <summary>Makes the statement of a model.</summary>
    public static JourneySql For(LifecycleModel model) => For(model, RefreshTables.Live);

    /// <summary>Makes the statement of a model that works on other tables.</summary>
    internal static JourneySql For(LifecycleModel model, RefreshTables tables)
    {
        var compiled = RuleCompiler.Compile(model);
        var afterLapse = model.Stages.Where(stage => stage.AfterLapse).Aggregate(0u, (bits, stage) => bits | (1u << (stage.Ordinal - 1)));
        var text = (model.Unit == LifecycleModel.OfAccounts ? OfAccounts(tables, compiled.Rules) : OfContacts(tables, compiled.Rules))
            .Replace("<<counts>>", Counts(compiled.Rules), StringComparison.Ordinal)
            .Replace("<<stages>>", Stages(compiled.Rules), StringComparison.Ordinal)
            .Replace("<<begins>>", Begins(afterLapse), StringComparison.Ordinal)
            .Replace("<<open>>", Open(afterLapse), StringComparison.Ordinal);
        var windows = model.Stages.Select(stage => (long)stage.LapseAfter.TotalMilliseconds).Prepend(0).ToArray();
        return new JourneySql(
            text,
            [
                .. compiled.Parameters,
                new SqlParameter("model_id", "String", model.Id),
                new SqlParameter("model_version", "UInt32", (uint)model.Version),
                new SqlParameter("stage_ids", "Array(String)", model.Stages.Select(s => s.Id).Prepend(Phase.Lapsed).ToArray()),
                new SqlParameter("steps", "Array(UInt8)", StepsOf(model)),
                new SqlParameter("windows", "Array(Int64)", windows),
                new SqlParameter("events", "Array(String)", EventsOf(model)),
                new SqlParameter("never", "Int64", long.MaxValue),
            ],
            model);
    }

    private static string OfContacts(RefreshTables tables, IReadOnlyList<CompiledRule> rules) =>
        RefreshStatement.Load("subject_journey", tables)
            .Replace("<<lives>>", RefreshStatement.Load("lives_of_contacts", tables), StringComparison.Ordinal)
            .Replace("<<rules>>", Rules(rules), StringComparison.Ordinal)
            .Replace("<<carried>>", "", StringComparison.Ordinal)
            .Replace("<<of>>", "lives", StringComparison.Ordinal)
            .Replace("<<refunds>>", "histories", StringComparison.Ordinal)
            .Replace(
                "<<joined>>",
                "\n        inner join histories on histories.subject_id = counted.subject_id",
                StringComparison.Ordinal);

    // The refunds of an account come with its events, so that these are read once.
    private static string OfAccounts(RefreshTables tables, IReadOnlyList<CompiledRule> rules) =>
        RefreshStatement.Load("subject_journey", tables)
            .Replace("<<lives>>", RefreshStatement.Load("lives_of_accounts", tables), StringComparison.Ordinal)
            .Replace(
                "<<account_event>>",
                RefreshStatement.AccountEvents(
                    tables,
                    $"({Rules(rules)}, event.event = 'Order Completed', event.is_passive)",
                    "event.event in {events:Array(String)} or event.event = 'Order Completed'"),
                StringComparison.Ordinal)
            .Replace("<<carried>>", ",\n            reversed_at,\n            reversed_by", StringComparison.Ordinal)
            .Replace("<<of>>", "histories", StringComparison.Ordinal)
            .Replace("<<refunds>>", "counted", StringComparison.Ordinal)
            .Replace("<<joined>>", "", StringComparison.Ordinal);

    // Steps from the beginning to each stage; a stage after a lapse stands beside the one before it.
    private static byte[] StepsOf(LifecycleModel model) =>
        [0, .. model.Stages.Select(stage => (byte)model.Stages.Take(stage.Ordinal).Count(other => !other.AfterLapse))];

    // Nothing that leads only into stages after a lapse begins a life.
    private static string Begins(uint afterLapse) =>
        afterLapse == 0 ? "" : Sql($" and (s.3 != 0 or bitAnd(e.5, {~afterLapse}) != 0)");

    // The stages of an event that it can lead into: without those after a lapse, and on a return these before all others.
    private static string Open(uint afterLapse) => afterLapse == 0
        ? "e.5"
        : Sql($"bitAnd(e.5, toUInt32(if(s.3 != 0 and e.1 >= s.2, if(bitAnd(e.5, {afterLapse}) != 0, {afterLapse}, 4294967295), {~afterLapse})))");

    private static string[] EventsOf(LifecycleModel model) =>
        [.. model.Stages.SelectMany(stage => stage.Rules).SelectMany(rule => rule.Events).Distinct().Order(StringComparer.Ordinal)];

    private static string Rules(IReadOnlyList<CompiledRule> rules) => string.Join(
        "\n            + ",
        rules.Select((rule, bit) => Sql($"bitShiftLeft(toUInt64({rule.Predicate}), {bit})")));

    // How many events up to and including each one met the rule, still stood and lay within the window. Each counts
    // from its own instant to the end of the window or its refund; the running total over these beginnings (kind 1)
    // and ends (kind 0) is the count. Linear in memory, whatever the number of events.
    private static string Counts(IReadOnlyList<CompiledRule> rules)
    {
        var text = new StringBuilder();
        foreach (var (rule, bit) in rules.Select((rule, bit) => (rule, bit)).Where(r => r.rule.Nth > 1))
        {
            var end = rule.Within is { } within ? Sql($"least(e.6, e.1 + {(long)within.TotalMilliseconds})") : "e.6";
            text.Append(
                CultureInfo.InvariantCulture,
                $"""
                 arrayMap(
                             e -> (e.1, {end}, toInt64(bitTest(e.3, {bit}) and {end} > e.1)),
                             events
                         ) as spans_{bit},
                         arraySort(
                             arrayConcat(
                                 arrayMap((x, i) -> (x.1, 1, i, x.3), spans_{bit}, arrayEnumerate(spans_{bit})),
                                 arrayMap(x -> (x.2, 0, 0, -x.3), arrayFilter(x -> x.3 = 1, spans_{bit}))
                             )
                         ) as bounds_{bit},
                         arrayFilter(
                             (count, b) -> b.2 = 1,
                             arrayCumSum(b -> b.4, bounds_{bit}),
                             bounds_{bit}
                         ) as count_{bit},

                """);
        }

        return text.ToString();
    }

    private static string Stages(IReadOnlyList<CompiledRule> rules)
    {
        var numbered = rules.Select((rule, bit) => (rule, bit)).ToArray();
        var counted = numbered.Where(r => r.rule.Nth > 1).Select(r => Sql($"count_{r.bit}")).ToArray();
        var stages = numbered
            .GroupBy(r => r.rule.Ordinal)
            .Select(stage =>
            {
                var met = stage.Select(r => r.rule.Nth > 1
                    ? Sql($"(bitTest(e.3, {r.bit}) and count_{r.bit}_ >= {r.rule.Nth})")
                    : Sql($"bitTest(e.3, {r.bit})"));
                return Sql($"bitShiftLeft(toUInt32({string.Join(" or ", met)}), {stage.Key - 1})");
            });
        var arguments = string.Concat(counted.Select(count => $", {count}_"));
        var arrays = string.Concat(counted.Select(count => $", {count}"));
        return $"arrayMap((e{arguments}) -> toUInt32({string.Join(" + ", stages)}), events{arrays})";
    }

    private static string Sql(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
