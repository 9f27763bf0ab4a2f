using System.Security.Cryptography;
using System.Text;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.Personas;

/// <summary>Keeps the table of personas equal to the file.</summary>
internal sealed class PersonaPublisher(RefreshDatabase database)
{
    private const string Insert =
        """
        insert into persona
            (persona, rank, label_en, label_es, label_it, label_pt, has_rules, holds_days, definition_hash, is_published)
        select p.1, p.2, p.3, p.4, p.5, p.6, p.7, if(p.8 = 0, null, p.8), {hash:String}, true
        from
        (
            select arrayJoin(arrayZip(
                {ids:Array(String)}, {ranks:Array(UInt8)}, {en:Array(String)}, {es:Array(String)}, {it:Array(String)},
                {pt:Array(String)}, {has_rules:Array(Bool)}, {days:Array(UInt32)}
            )) as p
        )
        """;

    private const string TakeBack =
        """
        insert into persona
        select * replace (false as is_published, now64(6) as changed_at)
        from persona as kept final
        where kept.is_published and kept.persona not in {ids:Array(String)}
        """;

    /// <summary>Whether the subjects' personas follow other rules than those of the file.</summary>
    public async Task<bool> HasChangedAsync(PersonaReading reading, CancellationToken cancellationToken)
    {
        var published = await database.QueryAsync(
            "select persona, definition_hash from persona final where is_published",
            [],
            row => ((string)row[0], (string)row[1]),
            cancellationToken);
        var hash = Hash(reading);
        return !published.ToHashSet().SetEquals(reading.Personas.Select(persona => (persona.Id, hash)));
    }

    /// <summary>Writes the personas of the file and takes those back that are no longer in it.</summary>
    public async Task PublishAsync(PersonaReading reading, CancellationToken cancellationToken)
    {
        if (!await HasChangedAsync(reading, cancellationToken))
        {
            return;
        }

        var personas = reading.Personas;
        var ids = new SqlParameter("ids", "Array(String)", Column(persona => persona.Id));
        await database.ExecuteTextAsync(TakeBack, [ids], cancellationToken);
        await database.ExecuteTextAsync(
            Insert,
            [
                ids,
                new("ranks", "Array(UInt8)", Column(persona => (byte)persona.Rank)),
                new("en", "Array(String)", Column(persona => persona.Label.En)),
                new("es", "Array(String)", Column(persona => persona.Label.Es)),
                new("it", "Array(String)", Column(persona => persona.Label.It)),
                new("pt", "Array(String)", Column(persona => persona.Label.Pt)),
                new("has_rules", "Array(Bool)", Column(persona => persona.Rules.Count > 0)),
                new("days", "Array(UInt32)", Column(persona => (uint)(persona.For?.TotalDays ?? 0))),
                new("hash", "String", Hash(reading)),
            ],
            cancellationToken);

        T[] Column<T>(Func<Persona, T> value) => [.. personas.Select(value)];
    }

    private static string Hash(PersonaReading reading) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reading.Definition)));
}
