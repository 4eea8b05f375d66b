namespace Grpc.Core;

public abstract partial class ClientBase
{
    /// <summary>What a client is made of, so that another like it can be made.</summary>
    protected internal class ClientBaseConfiguration
    {
        internal ClientBaseConfiguration(CallInvoker callInvoker) => CallInvoker = callInvoker;

        internal CallInvoker CallInvoker { get; }
    }
}
