namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>One worked example of a view: what happened, and the rows it must show.</summary>
public sealed class ExampleCase
{
    /// <summary>What is shown, as a sentence.</summary>
    public string Name { get; set; } = "";

    /// <summary>Which of the traps every view must show it covers, see <see cref="ExampleTraps"/>.</summary>
    public List<string> Covers { get; set; } = [];

    /// <summary>Why these rows are right.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The instant T, UTC.</summary>
    public DateTime AsOf { get; set; }

    /// <summary>IANA zone of the report.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Monday or Sunday.</summary>
    public DayOfWeek WeekStart { get; set; } = DayOfWeek.Monday;

    /// <summary>Share of net revenue left after the costs that orders don't carry.</summary>
    public double MarginShare { get; set; } = 1;

    /// <summary>Events, one per line, see <see cref="ExampleEvent"/>.</summary>
    public string Given { get; set; } = "";

    /// <summary>What is frozen when the first events have been worked out, one per line: <c>2025-02-01 08:00 2025-01 kpi_revenue</c>.</summary>
    public string Freezes { get; set; } = "";

    /// <summary>Events that arrive when the first ones have been worked out already.</summary>
    public string Later { get; set; } = "";

    /// <summary>Campaign costs, one per line, see <see cref="ExampleCost"/>.</summary>
    public string Costs { get; set; } = "";

    /// <summary>Costs that arrive when the first ones have been stored already.</summary>
    public string LaterCosts { get; set; } = "";

    /// <summary>Exchange rates, one per line, see <see cref="ExampleRate"/>.</summary>
    public string Rates { get; set; } = "";

    /// <summary>Rates that arrive when the first ones have been stored and the events worked out already.</summary>
    public string LaterRates { get; set; } = "";

    /// <summary>Counts of events sent, one per line, see <see cref="ExampleOutcome"/>.</summary>
    public string Outcomes { get; set; } = "";

    /// <summary>Counts that arrive when the first ones have been stored already.</summary>
    public string LaterOutcomes { get; set; } = "";

    /// <summary>Columns the rows are filtered by, beside those of the file.</summary>
    public Dictionary<string, string> Where { get; set; } = [];

    /// <summary>The rows, see <see cref="ExampleTable"/>.</summary>
    public string Expect { get; set; } = "";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
