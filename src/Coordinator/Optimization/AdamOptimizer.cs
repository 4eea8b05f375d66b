using System.Numerics;
using System.Runtime.InteropServices;

namespace Maml.Cluster.Coordinator.Optimization;

/// <summary>
/// Adam (Kingma, Ba, ICLR 2015, algorithm 1) over a flat float32 vector, with ε outside the bias-corrected square root as there and in
/// PyTorch. Every operation is element by element, so the width of the machine's vector registers does not change a bit of it.
/// </summary>
internal sealed class AdamOptimizer
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const float Epsilon = 1e-8f;

    private readonly float[] _firstMoment;
    private readonly float[] _secondMoment;

    /// <summary>Starts with zero moments.</summary>
    /// <param name="count">Length of θ.</param>
    public AdamOptimizer(int count)
        : this(new float[count], new float[count], 0)
    {
    }

    /// <summary>Continues from a state.</summary>
    /// <param name="firstMoment">m; kept and changed, not copied.</param>
    /// <param name="secondMoment">v; kept and changed, not copied.</param>
    /// <param name="step">Updates made so far, t.</param>
    public AdamOptimizer(float[] firstMoment, float[] secondMoment, long step)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secondMoment.Length, firstMoment.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        _firstMoment = firstMoment;
        _secondMoment = secondMoment;
        Step = step;
    }

    /// <summary>Updates made so far, t.</summary>
    public long Step { get; private set; }

    /// <summary>m, the running mean of gradients.</summary>
    public ReadOnlyMemory<float> FirstMoment => _firstMoment;

    /// <summary>v, the running mean of squared gradients.</summary>
    public ReadOnlyMemory<float> SecondMoment => _secondMoment;

    /// <summary>Makes one update: one pass over memory.</summary>
    /// <param name="parameters">θ.</param>
    /// <param name="gradient">The averaged meta-gradient.</param>
    /// <param name="learningRate">The step size.</param>
    /// <param name="updated">Receives the new θ; may be <paramref name="parameters"/>.</param>
    public void Update(ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradient, double learningRate, Span<float> updated)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, _firstMoment.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradient.Length, _firstMoment.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(updated.Length, _firstMoment.Length);
        Step++;
        float stepSize = (float)(learningRate / (1 - Power(Beta1, Step)));
        float correction = (float)Math.Sqrt(1 - Power(Beta2, Step));

        int vectorised = gradient.Length - (gradient.Length % Vector<float>.Count);
        UpdateVectors(parameters[..vectorised], gradient[..vectorised], stepSize, correction, updated[..vectorised]);
        for (int i = vectorised; i < gradient.Length; i++)
        {
            float g = gradient[i];
            float m = _firstMoment[i] = ((float)Beta1 * _firstMoment[i]) + ((float)(1 - Beta1) * g);
            float v = _secondMoment[i] = ((float)Beta2 * _secondMoment[i]) + ((float)(1 - Beta2) * g * g);
            updated[i] = parameters[i] - (stepSize * m / ((MathF.Sqrt(v) / correction) + Epsilon));
        }
    }

    private void UpdateVectors(
        ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradient, float stepSize, float correction, Span<float> updated)
    {
        ReadOnlySpan<Vector<float>> theta = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        ReadOnlySpan<Vector<float>> gradients = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        Span<Vector<float>> results = MemoryMarshal.Cast<float, Vector<float>>(updated);

        // Cut to the length of the loop, so that the compiler sees that no index can be out of range.
        Span<Vector<float>> first = MemoryMarshal.Cast<float, Vector<float>>(_firstMoment.AsSpan())[..gradients.Length];
        Span<Vector<float>> second = MemoryMarshal.Cast<float, Vector<float>>(_secondMoment.AsSpan())[..gradients.Length];
        theta = theta[..gradients.Length];
        results = results[..gradients.Length];
        var corrections = new Vector<float>(correction);
        var epsilons = new Vector<float>(Epsilon);
        for (int i = 0; i < gradients.Length; i++)
        {
            Vector<float> g = gradients[i];
            Vector<float> m = first[i] = ((float)Beta1 * first[i]) + ((float)(1 - Beta1) * g);
            Vector<float> v = second[i] = ((float)Beta2 * second[i]) + ((float)(1 - Beta2) * g * g);
            results[i] = theta[i] - (stepSize * m / ((Vector.SquareRoot(v) / corrections) + epsilons));
        }
    }

    // Multiplications only: Math.Pow may differ between machines in the last bit, and that bit would spread to all of θ.
    private static double Power(double value, long exponent)
    {
        double result = 1;
        for (; exponent > 0; exponent >>= 1, value *= value)
            if ((exponent & 1) != 0) result *= value;
        return result;
    }
}
