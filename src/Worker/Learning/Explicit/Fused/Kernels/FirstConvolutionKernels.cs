using System.Numerics;
using System.Runtime.Intrinsics;

namespace Maml.Cluster.Worker.Learning.Explicit.Fused.Kernels;

/// <summary>The three passes of the first block over one task's images. A vector of channels at a time, so that its filters stay in registers.</summary>
internal static unsafe class FirstConvolutionKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Convolution, ReLU and pooling, and which patch of each window was the largest.</summary>
    public static void Activate(T* pixels, in PatchGrid grid, T* filters, int channels, T* output, T* choices)
    {
        int width = grid.Width, stride = grid.Stride, below = stride * width;
        for (int c = 0; c < channels; c += Lanes<T>.Count)
        {
            var filter = new PatchFilter<T>(filters + c, channels);
            nint window = c;
            for (int example = 0; example < grid.Examples; example++)
            {
                for (int down = 0; down < grid.Down; down++)
                {
                    T* patch = pixels + grid.RowOfWindows(example, down);
                    for (int across = 0; across < grid.Across; across++, patch += grid.NextWindow, window += channels)
                    {
                        Vector512<T> choice = Vector512<T>.Zero, largest = filter.At(patch, width);
                        if (grid.Window == 2)
                        {
                            largest = WindowChoice<T>.Largest(
                                largest,
                                filter.At(patch + stride, width),
                                filter.At(patch + below, width),
                                filter.At(patch + below + stride, width),
                                out choice);
                        }

                        WindowChoice<T>.Rectify(largest, ref choice).Store(output + window);
                        choice.Store(choices + window);
                    }
                }
            }
        }
    }

    /// <summary>How the activations of the chosen patches change with the filters.</summary>
    public static void ActivateTangent(T* pixels, in PatchGrid grid, T* filters, int channels, T* choices, T* output)
    {
        int width = grid.Width, stride = grid.Stride, below = stride * width;
        for (int c = 0; c < channels; c += Lanes<T>.Count)
        {
            var filter = new PatchFilter<T>(filters + c, channels);
            nint window = c;
            for (int example = 0; example < grid.Examples; example++)
            {
                for (int down = 0; down < grid.Down; down++)
                {
                    T* patch = pixels + grid.RowOfWindows(example, down);
                    for (int across = 0; across < grid.Across; across++, patch += grid.NextWindow, window += channels)
                    {
                        Vector512<T> choice = Vector512.Load(choices + window), value = filter.At(patch, width);
                        if (grid.Window == 2)
                        {
                            value = Vector512.ConditionalSelect(WindowChoice<T>.Is(choice, 1), filter.At(patch + stride, width), value);
                            value = Vector512.ConditionalSelect(WindowChoice<T>.Is(choice, 2), filter.At(patch + below, width), value);
                            value = Vector512.ConditionalSelect(WindowChoice<T>.Is(choice, 3), filter.At(patch + below + stride, width), value);
                        }

                        WindowChoice<T>.Mask(value, choice).Store(output + window);
                    }
                }
            }
        }
    }

    /// <summary>Sums over the chosen patches of the gradient times each of their pixels, and of the gradient itself: ten rows.</summary>
    public static void FilterGradient(T* pixels, in PatchGrid grid, T* gradient, T* choices, int channels, T* rows)
    {
        int width = grid.Width, stride = grid.Stride, below = stride * width;
        new Span<T>(rows, 10 * channels).Clear();
        for (int c = 0; c < channels; c += Lanes<T>.Count)
        {
            nint window = c;
            for (int example = 0; example < grid.Examples; example++)
            {
                PatchSums<T> sums = default;
                for (int down = 0; down < grid.Down; down++)
                {
                    T* patch = pixels + grid.RowOfWindows(example, down);
                    for (int across = 0; across < grid.Across; across++, patch += grid.NextWindow, window += channels)
                    {
                        Vector512<T> choice = Vector512.Load(choices + window), d = Vector512.Load(gradient + window);
                        sums.Add(d & WindowChoice<T>.Is(choice, 0), patch, width);
                        if (grid.Window == 2)
                        {
                            sums.Add(d & WindowChoice<T>.Is(choice, 1), patch + stride, width);
                            sums.Add(d & WindowChoice<T>.Is(choice, 2), patch + below, width);
                            sums.Add(d & WindowChoice<T>.Is(choice, 3), patch + below + stride, width);
                        }
                    }
                }

                sums.AddTo(rows + c, channels);
            }
        }
    }
}
