using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Storage;

/// <summary>Reports every fault of the report settings at once, at start.</summary>
internal sealed class ReportSettingsValidation : IValidateOptions<ReportSettings>
{
    public ValidateOptionsResult Validate(string? name, ReportSettings options)
    {
        var faults = options.Faults().ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
