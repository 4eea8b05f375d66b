namespace Grpc.Core;

/// <summary>Ties a call to the one during which it is made. The two gRPC packages refuse to make one.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
