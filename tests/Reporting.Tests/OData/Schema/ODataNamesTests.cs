using LifecycleMetrics.Reporting.OData.Schema;

namespace LifecycleMetrics.Reporting.Tests.OData.Schema;

public sealed class ODataNamesTests
{
    [Theory]
    [InlineData("kpi_stage_conversion", "StageConversions", "StageConversion")]
    [InlineData("dim_customer", "Customers", "Customer")]
    [InlineData("stg_touchpoint", "Touchpoints", "Touchpoint")]
    [InlineData("kpi_stage_entries", "StageEntries", "StageEntry")]
    [InlineData("kpi_retention_cohort", "RetentionCohorts", "RetentionCohort")]
    [InlineData("kpi_churn", "Churns", "Churn")]
    [InlineData("dim_category", "Categories", "Category")]
    [InlineData("dim_survey", "Surveys", "Survey")]
    [InlineData("dim_status", "Statuses", "Status")]
    public void Relation_AnyPrefix_IsPluralPascal(string relation, string set, string type)
    {
        Assert.Equal(set, ODataNames.EntitySet(relation));
        Assert.Equal(type, ODataNames.EntityType(relation));
    }

    [Theory]
    [InlineData("event_id", "EventId")]
    [InlineData("n", "N")]
    [InlineData("ci_low", "CiLow")]
    [InlineData("label_en", "LabelEn")]
    public void Column_IsPascal(string column, string property) => Assert.Equal(property, ODataNames.Property(column));
}
