namespace LifecycleMetrics.Reporting.Dashboards;

/// <summary>Section <c>Dashboards</c>: where dashboards are and how much one panel may ask of the database.</summary>
public sealed class DashboardOptions
{
    public const string Section = "Dashboards";

    /// <summary>Folder with the dashboard JSON files; relative to the program. Every file in it must be readable.</summary>
    public string Directory { get; set; } = "dashboards";

    /// <summary>
    /// Shows dashboards without a key to browsers on this machine (loopback address and loopback host name). For the
    /// demo; false = always ask for a read key.
    /// </summary>
    public bool OpenOnLoopback { get; set; }

    /// <summary>A panel query that takes longer is stopped and the panel shows an error.</summary>
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Rows after which reading stops; the panel shows the rows so far and says that there are more.</summary>
    public int MaxRows { get; set; } = 10_000;

    /// <summary>Panel queries running at the same time, over all browsers; further ones wait for their turn.</summary>
    public int MaxConcurrentQueries { get; set; } = 8;

    /// <summary>Choices of one variable; a variable with more is an error.</summary>
    public int MaxVariableOptions { get; set; } = 1_000;

    /// <summary>Longest time range a panel can be asked for.</summary>
    public TimeSpan MaxTimeRange { get; set; } = TimeSpan.FromDays(366 * 20);

    /// <summary>How long an answer is reused for the same question; zero = never.</summary>
    public TimeSpan AnswerLifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Answers kept for reuse at most.</summary>
    public int MaxKeptAnswers { get; set; } = 500;
}
