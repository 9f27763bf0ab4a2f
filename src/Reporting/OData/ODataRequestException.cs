using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Reporting.OData;

/// <summary>A request that cannot be answered, with everything the OData error needs. Thrown before the first byte only.</summary>
internal sealed class ODataRequestException(int status, string code, string message, string? target = null)
    : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>Stable word for programs; the message is for people.</summary>
    public string Code { get; } = code;

    /// <summary>The part of the request at fault, such as <c>$filter</c>; null for the request as a whole.</summary>
    public string? Target { get; } = target;

    public static ODataRequestException BadRequest(string code, string message, string? target = null) =>
        new(StatusCodes.Status400BadRequest, code, message, target);

    public static ODataRequestException NotFound(string message) =>
        new(StatusCodes.Status404NotFound, "NotFound", message);

    public static ODataRequestException NotSupported(string what, string? target = null) =>
        new(StatusCodes.Status501NotImplemented, "NotImplemented", $"{what} is not supported by this service.", target);
}
