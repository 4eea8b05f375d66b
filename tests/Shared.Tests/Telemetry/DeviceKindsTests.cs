using Maml.Cluster.Shared.Telemetry;

namespace Maml.Cluster.Shared.Tests.Telemetry;

public sealed class DeviceKindsTests
{
    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda:0", "cuda")]
    [InlineData("cuda:15", "cuda")]
    [InlineData("", "other")]
    [InlineData("made up by a client", "other")]
    public void Of_WhateverAWorkerCallsItsDevice_IsOneOfAFew(string device, string kind)
    {
        DeviceKinds.Of(device).ShouldBe(kind);
        DeviceKinds.All.ShouldContain(kind);
    }
}
