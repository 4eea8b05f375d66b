using Maml.Cluster.Coordinator.Optimization;
using Maml.Cluster.Coordinator.Parameters;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Coordinator.Tests.Parameters;

public sealed class ParametersVersionTests
{
    private readonly VectorPool _pool = new(3);

    [Fact]
    public void Release_ByTheLastHolder_GivesTheVectorBack()
    {
        float[] vector = [1, 2, 3];
        ParametersVersion version = ParametersVersion.Own("run", 1, vector, _pool);
        version.TryHold().ShouldBeTrue();
        version.Release();
        _pool.Rent().ShouldNotBeSameAs(vector);
        version.Values.ToArray().ShouldBe([1, 2, 3]);
        version.Release();
        _pool.Rent().ShouldBeSameAs(vector);
    }

    [Fact]
    public void TryHold_WhenNobodyHoldsItAnyMore_IsRefused()
    {
        ParametersVersion version = ParametersVersion.Own("run", 1, new float[3], _pool);
        version.Release();
        version.TryHold().ShouldBeFalse();
        Should.Throw<InvalidOperationException>(version.Release).Message.ShouldContain("more often");
    }

    [Fact]
    public void Create_Version_KeepsItsValuesWhenTheOriginalChanges()
    {
        float[] vector = [1, 2, 3];
        ParametersVersion version = ParametersVersion.Create("run", 1, vector);
        vector[0] = 9;
        version.Values[0].ShouldBe(1);
    }
}
