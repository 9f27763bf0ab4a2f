using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Reporting.Dashboards.Pages;

/// <summary>Answers with a file of the viewer, compressed when the browser takes it.</summary>
internal sealed class BytesResult(ViewerFile file, int status) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = file.ContentType;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = "Accept-Encoding";
        var isGzip = httpContext.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        var body = isGzip ? file.Gzipped : file.Plain;
        if (isGzip)
            response.Headers.ContentEncoding = "gzip";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
