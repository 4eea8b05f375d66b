using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace OpenTelemetry.Exporter.Scraping;

/// <summary>Answers scrapes.</summary>
internal sealed class ScrapeEndpoint(PrometheusExporter exporter)
{
    /// <summary>Answers one.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        ScrapeFormat format = ScrapeFormat.Choose(context.Request.Headers.Accept);
        HttpResponse response = context.Response;
        response.Headers.Vary = "Accept, Accept-Encoding";
        if (await exporter.ScrapeAsync(format.IsOpenMetrics, context.RequestAborted) is not { } answer)
        {
            response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        response.ContentType = format.ContentType;
        response.Headers.LastModified = answer.At.ToString("R");
        if (HttpMethods.IsHead(context.Request.Method)) return;
        if (!AcceptsGzip(context.Request))
        {
            response.ContentLength = answer.Text.Length;
            await response.Body.WriteAsync(answer.Text, context.RequestAborted);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        await using var compressed = new GZipStream(response.Body, CompressionLevel.Fastest);
        await compressed.WriteAsync(answer.Text, context.RequestAborted);
    }

    private static bool AcceptsGzip(HttpRequest request) => request.GetTypedHeaders().AcceptEncoding
        .Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality is null or > 0);
}
