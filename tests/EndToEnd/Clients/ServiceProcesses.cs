using Maml.Cluster.EndToEnd.Processes;

namespace Maml.Cluster.EndToEnd.Clients;

/// <summary>A coordinator and a worker as processes, for clients.</summary>
internal sealed class ServiceProcesses : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly MamlProcess _coordinator;
    private readonly MamlProcess _worker;

    private ServiceProcesses(string address, MamlProcess coordinator, MamlProcess worker)
    {
        Address = address;
        _coordinator = coordinator;
        _worker = worker;
    }

    public string Address { get; }

    /// <summary>Starts both; without any data set.</summary>
    /// <param name="runs">The folder of runs.</param>
    public static async Task<ServiceProcesses> StartAsync(string runs)
    {
        MamlProcess coordinator = MamlProcess.Start("coordinator", "--port", "0", "--runs", runs);
        await coordinator.WaitForTextAsync("Ctrl-C stops it", Patience);
        string address = coordinator.Output.Split("Listening on ")[1].Split(';')[0];
        return new ServiceProcesses(address, coordinator, MamlProcess.Start("worker", "--coordinator", address));
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _coordinator.DisposeAsync();
    }
}
