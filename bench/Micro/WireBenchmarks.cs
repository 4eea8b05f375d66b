using System.Buffers;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Micro;

/// <summary>A vector of a mebibyte on its way onto the wire and off it.</summary>
public class WireBenchmarks
{
    private readonly float[] _vector = [.. Enumerable.Range(0, VectorFraming.FrameElements).Select(i => (i % 1000) * 1e-4f)];
    private readonly float[] _received = new float[VectorFraming.FrameElements];
    private byte[] _message = [];

    [Params(GradientPrecision.Float32, GradientPrecision.BFloat16, GradientPrecision.Float16)]
    public GradientPrecision Precision { get; set; }

    [GlobalSetup]
    public void Prepare() => _message = new WorkerMessage { Gradient = VectorFraming.Cut("run", 1, _vector, Precision).Single() }.ToByteArray();

    [Benchmark]
    public uint Checksum() => VectorFraming.Checksum(_vector);

    /// <summary>Rounding where there is any, frames and checksum.</summary>
    [Benchmark]
    public int Cut() => VectorFraming.Cut("run", 1, _vector, Precision).Count;

    /// <summary>Off the wire into a vector, verified.</summary>
    [Benchmark]
    public bool Assemble()
    {
        VectorFrame frame = PooledFrames.TryRead(new ReadOnlySequence<byte>(_message), WorkerMessage.GradientFieldNumber)!;
        bool isComplete = new VectorAssembler("run", 1, _received, Precision).Add(frame);
        PooledFrames.Return(frame);
        return isComplete;
    }

    /// <summary>The same with the library's parser, which makes an array for every frame.</summary>
    [Benchmark]
    public bool AssembleWithGeneralParser() =>
        new VectorAssembler("run", 1, _received, Precision).Add(WorkerMessage.Parser.ParseFrom(_message).Gradient);
}
