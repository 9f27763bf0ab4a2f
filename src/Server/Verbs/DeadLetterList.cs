using System.Text;
using LifecycleMetrics.Ingest.DeadLettering;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>Counts dead letters and keeps an example or two of each reason.</summary>
internal sealed class DeadLetterList(ReplayMarks marks, int examples)
{
    private const int ExampleCharacters = 200;

    private readonly SortedDictionary<(DateOnly Day, string Reason, string Source, string Key), long> _counts = [];
    private readonly SortedDictionary<string, List<string>> _examples = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _replays = new(StringComparer.Ordinal);

    public void Add(DeadLetter letter)
    {
        // What came back from a replay is counted with the letter it names.
        if (letter.ReplayOf.Length > 0) return;
        var key = (DateOnly.FromDateTime(letter.Time.UtcDateTime), letter.Reason, letter.Source.Source, letter.Source.KeyId);
        _counts[key] = _counts.GetValueOrDefault(key) + 1;
        var replay = marks.Find(letter.Id) switch
        {
            ReplayOutcome.Accepted => "replayed, accepted",
            ReplayOutcome.Duplicate => "replayed, was there already",
            ReplayOutcome.Refused => "replayed, refused again",
            _ => "not replayed",
        };
        _replays[replay] = _replays.GetValueOrDefault(replay) + 1;
        if (!_examples.TryGetValue(letter.Reason, out var kept)) _examples[letter.Reason] = kept = [];
        if (kept.Count < examples) kept.Add(Example(letter));
    }

    public void Print(TextWriter to)
    {
        if (_counts.Count == 0)
        {
            to.WriteLine("No dead letters.");
            return;
        }

        var reason = Math.Max("reason".Length, _counts.Keys.Max(k => k.Reason.Length));
        var source = Math.Max("source".Length, _counts.Keys.Max(k => k.Source.Length));
        to.WriteLine($"{"day",-10}  {"reason".PadRight(reason)}  {"source".PadRight(source)}  {"events",10}  key");
        foreach (var ((day, why, from, key), count) in _counts)
            to.WriteLine($"{day:yyyy-MM-dd}  {why.PadRight(reason)}  {from.PadRight(source)}  {count,10}  {key}");
        to.WriteLine($"{_counts.Values.Sum()} in all: {string.Join("; ", _replays.Select(r => $"{r.Value} {r.Key}"))}");
        foreach (var (why, kept) in _examples)
        {
            foreach (var example in kept) to.WriteLine($"  {why}: {example}");
        }
    }

    private static string Example(DeadLetter letter)
    {
        var text = Encoding.UTF8.GetString(letter.Event.Span);
        // A terminal must not obey what a sender wrote.
        var shown = string.Concat(text.Take(ExampleCharacters).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length > ExampleCharacters ? shown + "…" : shown;
    }
}
