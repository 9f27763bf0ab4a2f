using System.Globalization;
using System.Text;
using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>
/// The parts of a statement that decide about rules with "nth": how often each was met up to an event, and which stages the
/// event leads into with that. Every model of the statement has its own rule at each position, in the order of its rules.
/// </summary>
internal sealed class CountedRules
{
    private readonly (int Ordinal, EntryRule Rule)[][] _models;
    private readonly int _slots;

    /// <summary>Takes what counts from the rules of each model: the stage each leads into.</summary>
    public CountedRules(IEnumerable<IReadOnlyList<(int Ordinal, EntryRule Rule)>> models)
    {
        _models = [.. models.Select(rules => rules.Where(entry => entry.Rule.Nth > 1).ToArray())];
        _slots = _models.Max(rules => rules.Length);
    }

    /// <summary>What the models say of their rules; one without a rule at a position has 0 for the count.</summary>
    public IEnumerable<SqlParameter> Parameters => Enumerable.Range(0, _slots).SelectMany(ParametersOf);

    // How many events up to and including each one met the rule, still stood and lay within the window. Each counts
    // from its own instant to the end of the window or its refund; the running total over these beginnings (kind 1)
    // and ends (kind 0) is the count. Linear in memory, whatever the number of events.
    /// <summary>Columns with the counts, one array as long as <c>events</c> for each position; each ends with a comma.</summary>
    public string Counts()
    {
        var text = new StringBuilder();
        for (var slot = 0; slot < _slots; slot++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $$"""
                 {nth_{{slot}}:Array(Int64)}[model_no] as nth_{{slot}},
                             {within_{{slot}}:Array(Int64)}[model_no] as within_{{slot}},
                             {stage_{{slot}}:Array(UInt32)}[model_no] as stage_{{slot}},
                             if(nth_{{slot}} = 0, [], events) as candidates_{{slot}},
                             arrayMap(
                                 e -> if(within_{{slot}} = 0, e.6, least(e.6, e.1 + within_{{slot}})), candidates_{{slot}}
                             ) as ends_{{slot}},
                             arrayMap(
                                 (e, end) -> (e.1, end, toInt64(bitTest(e.7, {{slot}}) and end > e.1)), candidates_{{slot}}, ends_{{slot}}
                             ) as spans_{{slot}},
                             arraySort(
                                 arrayConcat(
                                     arrayMap((x, i) -> (x.1, 1, i, x.3), spans_{{slot}}, arrayEnumerate(spans_{{slot}})),
                                     arrayMap(x -> (x.2, 0, 0, -x.3), arrayFilter(x -> x.3 = 1, spans_{{slot}}))
                                 )
                             ) as bounds_{{slot}},
                             arrayResize(
                                 arrayFilter(
                                     (count, b) -> b.2 = 1,
                                     arrayCumSum(b -> b.4, bounds_{{slot}}),
                                     bounds_{{slot}}
                                 ),
                                 length(events)
                             ) as count_{{slot}},

                """);
        }

        return text.ToString();
    }

    /// <summary>The stages each of <c>events</c> leads into, one bit each.</summary>
    public string Stages()
    {
        var all = Enumerable.Range(0, _slots).ToArray();
        var stages = all.Aggregate(
            "e.3", (before, i) => Sql($"bitOr({before}, if(bitTest(e.7, {i}) and c{i} >= nth_{i}, stage_{i}, 0))"));
        var arguments = string.Concat(all.Select(i => Sql($", c{i}")));
        var arrays = string.Concat(all.Select(i => Sql($", count_{i}")));
        return $"arrayMap((e{arguments}) -> toUInt32({stages}), events{arrays})";
    }

    private SqlParameter[] ParametersOf(int slot)
    {
        var counted = _models.Select(rules => rules.ElementAtOrDefault(slot)).ToArray();
        return
        [
            new(Sql($"nth_{slot}"), "Array(Int64)", counted.Select(entry => (long)(entry.Rule?.Nth ?? 0)).ToArray()),
            new(Sql($"within_{slot}"), "Array(Int64)", counted.Select(entry => (long?)entry.Rule?.Within?.TotalMilliseconds ?? 0).ToArray()),
            new(Sql($"stage_{slot}"), "Array(UInt32)", counted.Select(entry => entry.Rule is null ? 0 : 1u << (entry.Ordinal - 1)).ToArray()),
        ];
    }

    private static string Sql(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
