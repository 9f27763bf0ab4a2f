namespace LifecycleMetrics.Reporting.Dashboards.Definitions;

/// <summary>Where a variable's value comes from.</summary>
public enum VariableType
{
    /// <summary>The data source: always the server's own database here; never part of a query.</summary>
    DataSource,

    /// <summary>Choices are read by a query.</summary>
    Query,

    /// <summary>Choices are listed in the dashboard.</summary>
    Custom,

    /// <summary>One fixed value.</summary>
    Constant,

    /// <summary>Any text; reaches the database as a parameter only.</summary>
    TextBox,
}
