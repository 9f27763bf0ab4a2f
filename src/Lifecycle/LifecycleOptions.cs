using System.ComponentModel.DataAnnotations;

namespace LifecycleMetrics.Lifecycle;

/// <summary>Settings of the section <c>Lifecycle</c>.</summary>
public sealed class LifecycleOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Lifecycle";

    /// <summary>Directory of the model files; a relative path counts from the program. By default the models that ship.</summary>
    [Required]
    public string ModelsDirectory { get; set; } = "lifecycles";

    /// <summary>Id of the model that customer 360 and reports use unless told otherwise; its highest version counts.</summary>
    [Required]
    public string DefaultModel { get; set; } = "sterne-cutler";

    /// <summary>
    /// How long after the last look the refresh looks for new events again, or once it is done with what it found then. Shorter
    /// shows them sooner and asks the database more often.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Most of the time that is spent on refreshing while events never cease, as a share; after a long run the pause is as long
    /// as that takes, at most ten intervals. Less leaves more of the processors to storing and reading, and makes runs fewer
    /// and larger.
    /// </summary>
    [Range(0.05, 1)]
    public double RefreshShare { get; set; } = 0.9;

    /// <summary>
    /// How far back a run looks for events that became visible late. An insert that takes longer than this between its
    /// timestamp and its commit is not noticed until the next rebuild.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RefreshOverlap { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Most subjects one statement works out. More are done in several statements, which bounds memory.</summary>
    [Range(1, 100_000_000)]
    public int BatchSubjects { get; set; } = 40_000;

    /// <summary>The same for a dry run, which works out one model and no KPIs and so takes much less memory.</summary>
    [Range(1, 100_000_000)]
    public int DryRunBatchSubjects { get; set; } = 400_000;

    /// <summary>
    /// Each run adds rows to the KPI cells it changes; after this many, the next quiet moment puts them together, and
    /// after twice as many the next run does. More means
    /// slower KPI queries, fewer means that all cells are copied more often.
    /// </summary>
    [Range(1, 1_000_000)]
    public int CompactAfterRuns { get; set; } = 500;

    /// <summary>
    /// How long a refresh that is under way may go on when the server stops. One that is broken off costs the next start a
    /// rebuild of all KPI cells.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:25")]
    public TimeSpan StopPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one statement of a refresh may take before it is stopped and the run fails.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the refresh rests after a run that took <paramref name="duration"/>, so that of a flood of events more are
    /// stored first and counted in fewer, larger runs.</summary>
    public TimeSpan PauseAfter(TimeSpan duration)
    {
        var pause = Math.Max((duration * ((1 / RefreshShare) - 1)).Ticks, (RefreshInterval - duration).Ticks);
        return TimeSpan.FromTicks(Math.Min(pause, 10 * RefreshInterval.Ticks));
    }
}
