using System.Globalization;
using System.Text;
using Grpc.Core;

namespace Maml.Cluster.Coordinator.Security.Authentication;

/// <summary>A gRPC status as an answer without messages: everything in the headers, which is what gRPC calls trailers-only.</summary>
internal static class StatusResponse
{
    /// <summary>Sets the answer. One to a caller that does not speak gRPC has HTTP's status instead.</summary>
    public static void Write(HttpResponse response, Status status)
    {
        if (response.HttpContext.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
        {
            response.StatusCode = status.StatusCode == StatusCode.Unauthenticated ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
            return;
        }

        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Encode(status.Detail);
    }

    // gRPC's own percent-encoding: all but printable ASCII, and the percent sign itself.
    private static string Encode(string message)
    {
        var encoded = new StringBuilder(message.Length);
        foreach (byte value in Encoding.UTF8.GetBytes(message))
        {
            if (value is >= 0x20 and <= 0x7E and not (byte)'%') encoded.Append((char)value);
            else encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return encoded.ToString();
    }
}
