using Microsoft.OData;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>An <see cref="ODataException"/>, because it passes through the OData library, which lets only those out.</summary>
internal sealed class UnknownPropertyException(string message) : ODataException(message);
