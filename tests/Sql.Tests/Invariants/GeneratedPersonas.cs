using LifecycleMetrics.Sql.Tests.Examples;

namespace LifecycleMetrics.Sql.Tests.Invariants;

/// <summary>Who was declared to be which persona: some never, some twice, some until a day before or after T.</summary>
internal static class GeneratedPersonas
{
    public static void AddTo(List<ExampleEvent> events)
    {
        var subjects = events.GroupBy(happened => happened.Subject, (name, life) => (Name: name, First: life.Min(happened => happened.OccurredAt))).ToArray();
        for (var i = 0; i < subjects.Length; i++)
        {
            var (name, first) = subjects[i];
            switch (i % 4)
            {
                case 1:
                    Add(name, first.AddDays(2), "Identified", ("persona", "explorer"));
                    Add(name, first.AddDays(90), "Identified", ("persona", "loyalist"));
                    break;
                case 2:
                    Add(name, first.AddDays(1), "Persona Assigned", ("persona", "student"), ("valid_until", "2025-06-30"));
                    break;
                case 3:
                    Add(name, first.AddHours(1), "Persona Assigned", ("persona", "student"), ("valid_until", "2025-12-31"));
                    break;
            }
        }

        void Add(string subject, DateTime at, string name, params (string Key, string Value)[] keys) => events.Add(new ExampleEvent(
            at, subject, name, null, "USD", keys.Append(("id", $"{subject}-{name}-{at:yyyyMMddHHmm}")).ToDictionary(pair => pair.Item1, pair => pair.Item2)));
    }
}
