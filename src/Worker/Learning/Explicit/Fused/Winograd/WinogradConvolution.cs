using System.Numerics;
using Maml.Cluster.Worker.Learning.Explicit.Convolutions;
using Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;
using Maml.Cluster.Worker.Learning.Explicit.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Winograd;

/// <summary>
/// A convolution of stride 1 by Winograd's minimal filtering, F(2×2, 3×3) (Lavin and Gray 2016, section 4.1): y = Aᵀ[(G w Gᵀ) ⊙ (Bᵀ x B)]A
/// for each tile of 2×2 pixels, with 16 multiplications in the place of 36. It is linear in x and in w, so that its derivatives are the same
/// transforms transposed around the same products, and a tangent is one product added to another.
/// </summary>
/// <param name="filters">[C′, 9·C] or [T, C′, 9·C], columns in the order (row, column, channel).</param>
internal sealed unsafe class WinogradConvolution<T>(Tensor filters) : ConvolutionPass
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // So that their matrices and those of the filters stay in the second cache of a core.
    private const int TilesAtOnce = 64;

    private readonly int _outputs = (int)filters.shape[^2];
    private readonly int _inputs = (int)filters.shape[^1] / 9;
    private Tensor _input = null!;
    private Tensor _outputGradient = null!;
    private Tensor _inputTangent = null!;
    private TileGrid _grid;

    private int Tasks => (int)_input.shape[0];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        _input = input.contiguous();
        _grid = new TileGrid((int)input.shape[1], (int)input.shape[2], (int)input.shape[3]);
        Tensor output = input.new_empty([.. input.shape[..4], _outputs]);
        using var scope = NewDisposeScope();
        TileMatrices<T> weights = Matrices(_inputs, _outputs), x = Matrices(TilesAtOnce, _inputs), y = Matrices(TilesAtOnce, _outputs);
        TaskRows<T> filterRows = FilterRows(), inputs = new(_input), outputs = new(output);
        T* zeros = Outside(), spare = Outside();
        for (int task = 0; task < Tasks; task++)
        {
            FilterTransforms<T>.ToColumns(filterRows[task], weights);
            for (int first = 0; first < _grid.Count; first += TilesAtOnce)
            {
                var tiles = new TileStretch<T>(_grid, first, TilesAtOnce, zeros, spare);
                tiles.Analyse(inputs[task], x);
                TileProducts<T>.Multiply(x, weights, y, tiles.Count);
                tiles.Synthesise(y, outputs[task]);
            }
        }

        return output;
    }

    /// <inheritdoc/>
    public override Tensor Backward(Tensor outputGradient, out Tensor filterGradient)
    {
        _outputGradient = outputGradient.contiguous();
        Tensor inputGradient = zeros_like(_input);
        filterGradient = _input.new_empty([Tasks, _outputs, 9 * _inputs]);
        using var scope = NewDisposeScope();
        TileMatrices<T> weights = Matrices(_outputs, _inputs), sums = Matrices(_outputs, _inputs);
        TileMatrices<T> x = Matrices(TilesAtOnce, _inputs), y = Matrices(TilesAtOnce, _outputs), back = Matrices(TilesAtOnce, _inputs);
        TaskRows<T> filterRows = FilterRows(), inputs = new(_input), gradients = new(_outputGradient);
        TaskRows<T> inputGradients = new(inputGradient), filterGradients = new(filterGradient);
        T* zeros = Outside(), spare = Outside();
        for (int task = 0; task < Tasks; task++)
        {
            FilterTransforms<T>.ToRows(filterRows[task], weights);
            sums.Clear();
            for (int first = 0; first < _grid.Count; first += TilesAtOnce)
            {
                var tiles = new TileStretch<T>(_grid, first, TilesAtOnce, zeros, spare);
                tiles.Analyse(inputs[task], x);
                tiles.Spread(gradients[task], y);
                TileProducts<T>.AddOuter(y, x, sums, tiles.Count);
                TileProducts<T>.Multiply(y, weights, back, tiles.Count);
                tiles.AddAnalysed(back, inputGradients[task]);
            }

            FilterTransforms<T>.FromRows(sums, filterGradients[task]);
        }

        return inputGradient;
    }

    /// <inheritdoc/>
    public override Tensor TangentForward(Tensor inputTangent, Tensor direction)
    {
        _inputTangent = inputTangent.contiguous();
        Tensor tangent = _input.new_empty([.. _input.shape[..4], _outputs]);
        using var scope = NewDisposeScope();
        TileMatrices<T> weights = Matrices(_inputs, _outputs), weightsTangent = Matrices(_inputs, _outputs);
        TileMatrices<T> x = Matrices(TilesAtOnce, _inputs), y = Matrices(TilesAtOnce, _outputs);
        TaskRows<T> filterRows = FilterRows(), directions = new(direction.contiguous()), inputs = new(_input), inputTangents = new(_inputTangent);
        TaskRows<T> tangents = new(tangent);
        T* zeros = Outside(), spare = Outside();
        for (int task = 0; task < Tasks; task++)
        {
            FilterTransforms<T>.ToColumns(filterRows[task], weights);
            FilterTransforms<T>.ToColumns(directions[task], weightsTangent);
            for (int first = 0; first < _grid.Count; first += TilesAtOnce)
            {
                var tiles = new TileStretch<T>(_grid, first, TilesAtOnce, zeros, spare);
                tiles.Analyse(inputTangents[task], x);
                TileProducts<T>.Multiply(x, weights, y, tiles.Count);
                tiles.Analyse(inputs[task], x);
                TileProducts<T>.MultiplyAdd(x, weightsTangent, y, tiles.Count);
                tiles.Synthesise(y, tangents[task]);
            }
        }

        return tangent;
    }

    /// <inheritdoc/>
    public override Tensor TangentBackward(Tensor outputGradientTangent, Tensor direction, bool sumOverTasks, out Tensor filterProduct)
    {
        Tensor inputProduct = zeros_like(_input);
        Tensor products = _input.new_empty([Tasks, _outputs, 9 * _inputs]);
        using (NewDisposeScope())
        {
            TileMatrices<T> weights = Matrices(_outputs, _inputs), weightsTangent = Matrices(_outputs, _inputs), sums = Matrices(_outputs, _inputs);
            TileMatrices<T> x = Matrices(TilesAtOnce, _inputs), xTangent = Matrices(TilesAtOnce, _inputs), back = Matrices(TilesAtOnce, _inputs);
            TileMatrices<T> y = Matrices(TilesAtOnce, _outputs), yTangent = Matrices(TilesAtOnce, _outputs);
            TaskRows<T> filterRows = FilterRows(), directions = new(direction.contiguous()), inputs = new(_input), inputTangents = new(_inputTangent);
            TaskRows<T> gradients = new(_outputGradient), gradientTangents = new(outputGradientTangent.contiguous());
            TaskRows<T> inputProducts = new(inputProduct), filterProducts = new(products);
            T* zeros = Outside(), spare = Outside();
            for (int task = 0; task < Tasks; task++)
            {
                FilterTransforms<T>.ToRows(filterRows[task], weights);
                FilterTransforms<T>.ToRows(directions[task], weightsTangent);
                sums.Clear();
                for (int first = 0; first < _grid.Count; first += TilesAtOnce)
                {
                    var tiles = new TileStretch<T>(_grid, first, TilesAtOnce, zeros, spare);
                    tiles.Analyse(inputs[task], x);
                    tiles.Analyse(inputTangents[task], xTangent);
                    tiles.Spread(gradients[task], y);
                    tiles.Spread(gradientTangents[task], yTangent);
                    TileProducts<T>.AddOuter(yTangent, x, sums, tiles.Count);
                    TileProducts<T>.AddOuter(y, xTangent, sums, tiles.Count);
                    TileProducts<T>.Multiply(yTangent, weights, back, tiles.Count);
                    TileProducts<T>.MultiplyAdd(y, weightsTangent, back, tiles.Count);
                    tiles.AddAnalysed(back, inputProducts[task]);
                }

                FilterTransforms<T>.FromRows(sums, filterProducts[task]);
            }
        }

        filterProduct = TaskMatrix.Reduce(products, sumOverTasks);
        return inputProduct;
    }

    private TaskRows<T> FilterRows() => new(filters, isShared: filters.dim() == 2);

    private TileMatrices<T> Matrices(int rows, int columns) => new(_input, rows, columns);

    // A pixel that is in no image.
    private T* Outside() => Lanes<T>.Of(torch.zeros([Math.Max(_inputs, _outputs)], _input.dtype));
}
