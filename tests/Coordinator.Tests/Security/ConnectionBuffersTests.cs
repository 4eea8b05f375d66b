using System.Buffers;
using Maml.Cluster.Coordinator.Security.Connections;

namespace Maml.Cluster.Coordinator.Tests.Security;

public sealed class ConnectionBuffersTests
{
    [Fact]
    public void Rent_AfterDispose_GivesTheSameBufferAgain()
    {
        using var buffers = new ConnectionBuffers();
        IMemoryOwner<byte> first = buffers.Rent(4096);
        IMemoryOwner<byte> second = buffers.Rent(4096);
        first.ShouldNotBeSameAs(second);
        first.Memory.Length.ShouldBe(buffers.MaxBufferSize);
        first.Dispose();
        buffers.Rent().ShouldBeSameAs(first);
    }

    [Fact]
    public void Rent_MoreThanABufferHolds_Throws()
    {
        using var buffers = new ConnectionBuffers();
        Should.Throw<ArgumentOutOfRangeException>(() => buffers.Rent(buffers.MaxBufferSize + 1));
    }
}
