using Maml.Cluster.Shared.Randomness;

namespace Maml.Cluster.Shared.Models;

/// <summary>The meta-parameters of a model: an ordered list of named tensors, stored one after the other in a flat vector θ.</summary>
public sealed class ParameterLayout
{
    // Far from the streams that tasks are drawn from, which count up from zero.
    private const ulong InitialValuesStream = 0x7468_6574_6100_0000;

    private ParameterLayout(IReadOnlyList<ParameterSpecification> parameters)
    {
        Parameters = parameters;
        Count = parameters.Sum(parameter => parameter.Count);
    }

    /// <summary>The tensors, in the order of θ.</summary>
    public IReadOnlyList<ParameterSpecification> Parameters { get; }

    /// <summary>Length of θ.</summary>
    public int Count { get; }

    /// <summary>Lays named tensors one after the other.</summary>
    public static ParameterLayout Create(IEnumerable<(string Name, int[] Shape, Initializer Initializer)> parameters)
    {
        var specifications = new List<ParameterSpecification>();
        int offset = 0;
        foreach ((string name, int[] shape, Initializer initializer) in parameters)
        {
            var specification = new ParameterSpecification(name, shape, offset, initializer);
            specifications.Add(specification);
            offset = checked(offset + specification.Count);
        }

        return new ParameterLayout(specifications);
    }

    /// <summary>Draws θ₀: the same vector for the same layout and seed, on every machine.</summary>
    public float[] CreateInitialValues(ulong seed)
    {
        float[] values = new float[Count];
        for (int i = 0; i < Parameters.Count; i++)
        {
            ParameterSpecification parameter = Parameters[i];
            Fill(values.AsSpan(parameter.Offset, parameter.Count), parameter.Initializer, new RandomStream(seed, InitialValuesStream + (ulong)i));
        }

        return values;
    }

    private static void Fill(Span<float> values, Initializer initializer, RandomStream random)
    {
        switch (initializer.Kind)
        {
            case InitializerKind.Zeros: values.Clear(); break;
            case InitializerKind.Ones: values.Fill(1f); break;
            case InitializerKind.Uniform:
                foreach (ref float value in values) value = (float)random.NextUniform(-initializer.Scale, initializer.Scale);
                break;
            default:
                foreach (ref float value in values) value = (float)(initializer.Scale * NextTruncatedNormal(ref random));
                break;
        }
    }

    private static double NextTruncatedNormal(ref RandomStream random)
    {
        while (true)
        {
            double value = random.NextNormal();
            if (Math.Abs(value) <= 2) return value;
        }
    }
}
