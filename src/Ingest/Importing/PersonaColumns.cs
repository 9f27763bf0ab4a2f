namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Where the columns of a personas file stand, by its header.</summary>
internal sealed class PersonaColumns
{
    private const string UserIdName = "user_id";
    private const string AnonymousIdName = "anonymous_id";
    private const string PersonaName = "persona";
    private const string ValidFromName = "valid_from";
    private const string ValidUntilName = "valid_until";

    private static readonly string[] Known = [UserIdName, AnonymousIdName, PersonaName, ValidFromName, ValidUntilName];

    /// <param name="header">Columns of the header.</param>
    /// <exception cref="InvalidDataException">
    /// The header lacks a column, has one twice or has one that is not known; the message names every fault.
    /// </exception>
    public PersonaColumns(IReadOnlyList<string> header)
    {
        string[] names = [.. header.Select(name => name.Trim().ToLowerInvariant())];
        Check(names);
        Count = names.Length;
        UserId = Array.IndexOf(names, UserIdName);
        AnonymousId = Array.IndexOf(names, AnonymousIdName);
        Persona = Array.IndexOf(names, PersonaName);
        ValidFrom = Array.IndexOf(names, ValidFromName);
        ValidUntil = Array.IndexOf(names, ValidUntilName);
    }

    /// <summary>Columns every line must have.</summary>
    public int Count { get; }

    /// <summary>Position from 0; -1 if the file has no such column, as for the others.</summary>
    public int UserId { get; }

    public int AnonymousId { get; }

    public int Persona { get; }

    public int ValidFrom { get; }

    public int ValidUntil { get; }

    // A column that is not known is a fault: a misspelt valid_until would make personas that never end.
    private static void Check(string[] names)
    {
        var faults = new List<string>();
        var missing = new[] { PersonaName, ValidFromName }.Except(names).ToList();
        if (!names.Contains(UserIdName) && !names.Contains(AnonymousIdName))
            missing.Insert(0, $"{UserIdName} or {AnonymousIdName}");
        if (missing.Count > 0)
            faults.Add($"lacks {string.Join(", ", missing)}");
        var unknown = names.Except(Known).ToArray();
        if (unknown.Length > 0)
            faults.Add($"has unknown columns {string.Join(", ", unknown.Select(name => $"\"{name}\""))}");
        var repeated = names.Intersect(Known).Where(name => names.Count(other => other == name) > 1).ToArray();
        if (repeated.Length > 0)
            faults.Add($"has more than once {string.Join(", ", repeated)}");
        if (faults.Count > 0)
            throw new InvalidDataException($"the header {string.Join(" and ", faults)}; known are {string.Join(", ", Known)}");
    }
}
