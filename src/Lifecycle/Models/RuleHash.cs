using System.Security.Cryptography;
using System.Text.Json;
using LifecycleMetrics.Lifecycle.Personas;
using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>
/// Hashes of what rules say, however their file writes it: an edit of a label, a target or a comment works nothing out anew.
/// </summary>
internal static class RuleHash
{
    /// <summary>Hash of what decides about the visits of a model and about the KPIs taken from them.</summary>
    public static string Of(LifecycleModel model) => Of(new
    {
        JourneySql.RulesVersion,
        model.Unit,
        Stages = model.Stages.Select(stage => new
        {
            stage.Id,
            stage.Phase,
            stage.Rules,
            stage.LapseAfter,
            stage.ConvertWithin,
            stage.AfterLapse,
        }),
    });

    /// <summary>Hash of what decides about who is which persona.</summary>
    public static string Of(IEnumerable<Persona> personas) => Of(new
    {
        PersonaSql.RulesVersion,
        Personas = personas.Select(persona => new { persona.Id, persona.Rules, persona.For }),
    });

    private static string Of<T>(T rules) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rules)));
}
