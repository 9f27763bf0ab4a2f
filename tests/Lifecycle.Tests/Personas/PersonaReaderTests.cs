using LifecycleMetrics.Lifecycle.Personas;

namespace LifecycleMetrics.Lifecycle.Tests.Personas;

public sealed class PersonaReaderTests
{
    private const string Labels = "labels: { en: a, es: a, it: a, pt: a }";

    [Fact]
    public void Accepts_PersonasWithAndWithoutRules()
    {
        var reading = PersonaReader.Read(
            "personas.yaml",
            $$"""
            personas:
              - id: regular
                {{Labels}}
                when:
                  - { event: Order Completed, nth: 3, within: 365d }
                for: 26w
              - { id: student, {{Labels}} }
            """);

        Assert.Empty(reading.Faults);
        Assert.Equal([("regular", 1, 182), ("student", 2, 0)], reading.Personas.Select(persona => (persona.Id, persona.Rank, persona.For?.Days ?? 0)));
        Assert.Equal(3, Assert.Single(reading.Personas[0].Rules).Nth);
        Assert.Empty(reading.Personas[1].Rules);
    }

    [Fact]
    public void Rejects_AFileWithManyFaults_NamingAllOfThemWithTheirLines()
    {
        var reading = PersonaReader.Read(
            "personas.yaml",
            $$"""
            personas:
              - { id: Regular, {{Labels}} }
              - { id: student, {{Labels}}, for: 30d }
              - { id: student, {{Labels}}, when: [{ event: [] }] }
              - { id: guest, {{Labels}}, wen: [] }
              - { id: buyer, when: [{ event: Order Completed, nth: many }], for: long }
            """);

        Assert.Empty(reading.Personas);
        Assert.Equal(
            [
                "2 id of a persona 'Regular' can't be used",
                "3 for of persona 'student' has no rule to hold after",
                "4 A rule of persona 'student' names no event",
                "4 Persona 'student' is there twice",
                "5 Unknown key 'wen' in a persona",
                "6 Labels of persona 'buyer' are missing",
                "6 for of persona 'buyer' 'long' is not a duration",
                "6 nth of persona 'buyer' 'many' is not a whole number in range",
            ],
            reading.Faults.Select(fault => $"{fault.Line} {fault.Message}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rejects_WhatIsNotYaml() =>
        Assert.StartsWith("This is not YAML", Assert.Single(PersonaReader.Read("personas.yaml", "personas: [").Faults).Message, StringComparison.Ordinal);
}
