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
        var hash = RuleHash.Of(reading.Personas);
        return !(await ReadAsync(cancellationToken)).Select(row => (row.Persona, row.Hash)).ToHashSet()
            .SetEquals(reading.Personas.Select(persona => (persona.Id, hash)));
    }

    /// <summary>Writes the personas of the file and takes those back that are no longer in it.</summary>
    public async Task PublishAsync(PersonaReading reading, CancellationToken cancellationToken)
    {
        var hash = RuleHash.Of(reading.Personas);
        var wanted = reading.Personas.Select(persona => new Row(
            persona.Id, (byte)persona.Rank, persona.Label, persona.Rules.Count > 0, Days(persona), hash));
        if ((await ReadAsync(cancellationToken)).ToHashSet().SetEquals(wanted))
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
                new("days", "Array(UInt32)", Column(Days)),
                new("hash", "String", hash),
            ],
            cancellationToken);

        T[] Column<T>(Func<Persona, T> value) => [.. personas.Select(value)];
    }

    private static uint Days(Persona persona) => (uint)(persona.For?.TotalDays ?? 0);

    private Task<IReadOnlyList<Row>> ReadAsync(CancellationToken cancellationToken) => database.QueryAsync(
        """
        select persona, rank, label_en, label_es, label_it, label_pt, has_rules, ifNull(holds_days, 0), definition_hash
        from persona final
        where is_published
        """,
        [],
        row => new Row(
            (string)row[0],
            Convert.ToByte(row[1], null),
            new LocalizedLabel((string)row[2], (string)row[3], (string)row[4], (string)row[5]),
            Convert.ToBoolean(row[6], null),
            Convert.ToUInt32(row[7], null),
            (string)row[8]),
        cancellationToken);

    private sealed record Row(string Persona, byte Rank, LocalizedLabel Label, bool HasRules, uint Days, string Hash);
}
