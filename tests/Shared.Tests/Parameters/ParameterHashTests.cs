using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Shared.Tests.Parameters;

public sealed class ParameterHashTests
{
    [Fact]
    public void Sha256_NoParameters_IsTheHashOfNothing() =>
        ParameterHash.Sha256([]).ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    // Python: hashlib.sha256(struct.pack('<3f', 1, -2.5, 0.1)).hexdigest()
    [Fact]
    public void Sha256_Parameters_IsOverLittleEndianSingles() =>
        ParameterHash.Sha256([1f, -2.5f, 0.1f]).ShouldBe("2f9cc761bc2594fa578868daeedc59b0fc115513fae3e5dc09c4e86e50b8aaf6");

    [Fact]
    public void Sha256_NegativeZero_DiffersFromZero() => ParameterHash.Sha256([-0f]).ShouldNotBe(ParameterHash.Sha256([0f]));
}
