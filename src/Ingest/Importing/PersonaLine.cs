namespace LifecycleMetrics.Ingest.Importing;

/// <summary>One line of a personas file, read and checked.</summary>
/// <param name="UserId">User id; empty if the line gives an anonymous id only.</param>
/// <param name="AnonymousId">Anonymous id; empty if the line gives a user id only.</param>
/// <param name="Persona">The persona; empty if the line only ends the one before.</param>
/// <param name="ValidFrom">From when, in UTC.</param>
/// <param name="ValidUntil">Until when, in UTC; null if it does not end by itself.</param>
internal sealed record PersonaLine(string UserId, string AnonymousId, string Persona, DateTime ValidFrom, DateTime? ValidUntil);
