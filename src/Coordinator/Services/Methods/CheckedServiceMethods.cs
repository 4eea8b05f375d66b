using System.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Maml.Cluster.Coordinator.Services.Methods;

/// <summary>
/// Finds the methods of a service in the place of the server library's own finder, which takes a request that cannot be read for a
/// fault of the service: UNKNOWN to the client, and a stack in the log for everybody who can send a byte.
/// </summary>
/// <typeparam name="TService">The service.</typeparam>
internal sealed class CheckedServiceMethods<TService> : IServiceMethodProvider<TService>
    where TService : class
{
    /// <inheritdoc/>
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        Type contract = typeof(TService);
        while (contract.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is null)
            contract = contract.BaseType ?? throw new InvalidOperationException($"{typeof(TService).Name} implements no contract.");
        BindServiceMethodAttribute binding = contract.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false)!;
        MethodInfo bind = binding.BindType.GetMethod(binding.BindMethodName, [typeof(ServiceBinderBase), contract])
            ?? throw new InvalidOperationException($"{contract.Name} cannot be bound.");

        // The contract only says which methods there are: no service is created for it.
        bind.Invoke(null, [new CheckedServiceBinder<TService>(context), null]);
    }
}
