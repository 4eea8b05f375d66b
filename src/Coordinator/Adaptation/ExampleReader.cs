using System.Numerics.Tensors;
using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Models;

namespace Maml.Cluster.Coordinator.Adaptation;

/// <summary>Examples as a model takes them.</summary>
/// <param name="shape">What the model takes.</param>
/// <param name="brightInk">Whether pictures have bright ink on dark paper.</param>
/// <param name="faults">Told of every example that does not fit.</param>
internal sealed class ExampleReader(TaskShape shape, bool brightInk, RequestFaults faults)
{
    // Compressed pictures may be far larger than the request. As many as 6,000 drawings of Omniglot's size, or a second of work.
    private const long MaximumPixels = 1L << 26;

    private long _pixels;

    private bool TakesPictures => shape.Features.Count == 3;

    /// <summary>All examples one after the other; those that do not fit are zeros.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="set">What they are called in messages.</param>
    public float[] Read(IEnumerable<Example?> examples, string set)
    {
        var numbers = new List<float>();
        int index = 0;
        foreach (Example? example in examples)
        {
            float[] one = [];
            try
            {
                one = Read(example, $"{set}[{index}]");
            }
            catch (DataSetException e)
            {
                faults.Add($"{set}[{index}]", e.Message);
            }

            numbers.AddRange(one.Length > 0 ? one : new float[shape.FeatureCount]);
            index++;
        }

        return [.. numbers];
    }

    private float[] Read(Example? example, string name)
    {
        switch (example?.InputCase)
        {
            case Example.InputOneofCase.Vector:
                return Check([.. example.Vector.Values]);
            case Example.InputOneofCase.Picture or Example.InputOneofCase.Png when !TakesPictures:
                throw new DataSetException($"found a picture, expected a vector of {shape.FeatureCount} numbers, which the run's model takes");
            case Example.InputOneofCase.Picture:
                return Prepare(Picture.FromGrey(example.Picture.Height, example.Picture.Width, example.Picture.Pixels.Span));
            case Example.InputOneofCase.Png:
                return Prepare(Picture.FromPng(example.Png.Span, name));
            default:
                throw new DataSetException($"found no example, expected {(TakesPictures ? "picture, png or vector" : "a vector")}");
        }
    }

    private float[] Check(float[] values)
    {
        if (values.Length != shape.FeatureCount) throw new DataSetException($"found a vector of {values.Length} numbers, expected {shape.FeatureCount}");
        return TensorPrimitives.IsFiniteAll<float>(values) ? values : throw new DataSetException("found a vector with numbers that are not finite, expected finite ones");
    }

    private float[] Prepare(Picture picture)
    {
        _pixels += picture.Pixels;
        return _pixels <= MaximumPixels
            ? picture.ToExample(shape.Features[1], brightInk)
            : throw new DataSetException($"found more than {MaximumPixels} pixels up to this picture, expected fewer. Shrink the pictures, or ask in several requests");
    }
}
