namespace Grpc.Core;

/// <summary>A service's methods with the handlers that serve them.</summary>
public partial class ServerServiceDefinition
{
    private readonly IReadOnlyList<Action<ServiceBinderBase>> methods;

    private ServerServiceDefinition(IReadOnlyList<Action<ServiceBinderBase>> methods) => this.methods = methods;

    /// <summary>Starts a definition with no methods.</summary>
    public static Builder CreateBuilder() => new();

    /// <summary>Gives every method to the binder, in the order in which they were added.</summary>
    public void BindService(ServiceBinderBase serviceBinder)
    {
        foreach (Action<ServiceBinderBase> method in methods)
            method(serviceBinder);
    }
}
