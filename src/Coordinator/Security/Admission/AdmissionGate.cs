using Grpc.Core;

namespace Maml.Cluster.Coordinator.Security.Admission;

/// <summary>Lets so many in at once and no more. Safe for use by several threads.</summary>
/// <param name="what">What is counted, in the plural.</param>
/// <param name="limit">How many.</param>
internal sealed class AdmissionGate(string what, int limit)
{
    private int _count;

    /// <summary>How many are in.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Goes in; disposing the result goes out again.</summary>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: as many as there may be are in.</exception>
    public IDisposable Enter()
    {
        int count = Interlocked.Increment(ref _count);
        if (count <= limit) return new Admission(this);
        Interlocked.Decrement(ref _count);
        throw new RpcException(new Status(
            StatusCode.ResourceExhausted, $"Found {limit} {what} already, expected fewer than {limit}, which is this coordinator's limit. Try again later."));
    }

    private sealed class Admission(AdmissionGate gate) : IDisposable
    {
        private int _isOut;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOut, 1) == 0) Interlocked.Decrement(ref gate._count);
        }
    }
}
