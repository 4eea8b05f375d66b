namespace Grpc.Core;

/// <summary>Adds headers, a token say, when a call starts.</summary>
/// <param name="context">Which call it is.</param>
/// <param name="metadata">Where the headers are added.</param>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
