using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Dashboards;

/// <summary>Names every fault in section <c>Dashboards</c> at once.</summary>
internal sealed class DashboardOptionsValidator : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        List<string> faults = [];
        Check(!string.IsNullOrWhiteSpace(options.Directory), "Directory must name a folder");
        Check(options.QueryTimeout > TimeSpan.Zero, "QueryTimeout must be greater than zero");
        Check(options.MaxRows > 0, "MaxRows must be at least 1");
        Check(options.MaxConcurrentQueries > 0, "MaxConcurrentQueries must be at least 1");
        Check(options.MaxVariableOptions > 0, "MaxVariableOptions must be at least 1");
        Check(options.MaxTimeRange > TimeSpan.Zero, "MaxTimeRange must be greater than zero");
        Check(options.AnswerLifetime >= TimeSpan.Zero, "AnswerLifetime must not be negative");
        Check(options.MaxKeptAnswers >= 0, "MaxKeptAnswers must not be negative");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(bool isRight, string fault)
        {
            if (!isRight)
                faults.Add($"{DashboardOptions.Section}:{fault}.");
        }
    }
}
