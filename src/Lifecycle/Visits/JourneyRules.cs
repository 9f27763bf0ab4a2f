using System.Globalization;
using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>
/// The entry rules of one model as one expression: a tuple of the number of the model, one bit per stage the event leads
/// into, and one bit per rule with "nth" that it meets, which is for the count to decide.
/// </summary>
internal sealed class JourneyRules
{
    private readonly CompiledRules _compiled;
    private readonly int _modelNo;

    /// <summary>Compiles the rules of <paramref name="model"/>, which is number <paramref name="modelNo"/> of its statement.</summary>
    public JourneyRules(LifecycleModel model, int modelNo)
    {
        _modelNo = modelNo;
        _compiled = RuleCompiler.Compile(model, Sql($"p{modelNo}_"));
        Counted = [.. _compiled.Rules.Where(rule => rule.Nth > 1)];
    }

    /// <summary>Rules with "nth", in the order of their bits.</summary>
    public IReadOnlyList<CompiledRule> Counted { get; }

    /// <summary>What the expression takes from the model.</summary>
    public IReadOnlyList<SqlParameter> Parameters => _compiled.Parameters;

    /// <summary>The expression, on the columns of <c>event</c>.</summary>
    public string Expression => Sql($"(toUInt8({_modelNo}), toUInt32({Stages}), toUInt32({CountedBits}))");

    private string Stages => Sum(_compiled.Rules
        .Where(rule => rule.Nth <= 1)
        .GroupBy(rule => rule.Ordinal)
        .Select(stage => Sql($"bitShiftLeft(toUInt32({string.Join(" or ", stage.Select(rule => rule.Predicate))}), {stage.Key - 1})")));

    private string CountedBits => Sum(Counted.Select((rule, bit) => Sql($"bitShiftLeft(toUInt32({rule.Predicate}), {bit})")));

    private static string Sum(IEnumerable<string> terms) =>
        string.Join("\n                + ", terms.DefaultIfEmpty("0"));

    private static string Sql(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
