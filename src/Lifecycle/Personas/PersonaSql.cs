using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.Personas;

/// <summary>The statement that works out which persona the subjects of a batch were when, with the rules filled in.</summary>
public sealed class PersonaSql
{
    /// <summary>Part of what decides whether personas must be worked out anew; to be raised with each change of their meaning.</summary>
    public const int RulesVersion = 1;

    // Milliseconds; longer than any two instants lie apart, and small enough to be added up.
    private const long ForEver = 1_000_000_000_000_000;

    /// <summary>Makes the statement.</summary>
    /// <param name="personas">The personas by rank.</param>
    public PersonaSql(IReadOnlyList<Persona> personas)
    {
        var all = personas.SelectMany(persona => persona.Rules.Select(rule => (persona.Rank, rule))).ToArray();
        var rules = new PersonaRules(all);
        var counted = new CountedRules([all]);
        Text = RefreshStatement.Load("subject_persona")
            .Replace("<<rules>>", rules.Expression, StringComparison.Ordinal)
            .Replace("<<counts>>", "toUInt8(1) as model_no,\n            " + counted.Counts(), StringComparison.Ordinal)
            .Replace("<<stages>>", counted.Stages(), StringComparison.Ordinal);
        Parameters =
        [
            .. rules.Parameters,
            .. counted.Parameters,
            new("persona_events", "Array(String)", EventTests.EventsOf(personas.SelectMany(persona => persona.Rules))),
            new("persona_ids", "Array(String)", personas.Select(persona => persona.Id).ToArray()),
            new("persona_holds", "Array(Int64)", personas.Select(persona => (long?)persona.For?.TotalMilliseconds ?? ForEver).ToArray()),
            new("for_ever", "Int64", ForEver),
        ];
    }

    /// <summary>The statement; it also takes the parameters of the batch.</summary>
    public string Text { get; }

    /// <summary>Everything that comes from the rules.</summary>
    public IReadOnlyList<SqlParameter> Parameters { get; }
}
