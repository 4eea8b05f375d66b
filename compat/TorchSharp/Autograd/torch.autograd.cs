using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe partial class autograd
    {
        /// <summary>
        /// The gradients of the sum of <paramref name="outputs"/> with respect to each of <paramref name="inputs"/>. For a
        /// result that is differentiated again both <paramref name="create_graph"/> and <paramref name="retain_graph"/>
        /// are needed: unlike in Python the one does not imply the other.
        /// </summary>
        /// <returns>One gradient an input; null, if <paramref name="allow_unused"/>, where no output depends on it.</returns>
        public static IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false)
        {
            ArgumentNullException.ThrowIfNull(outputs);
            ArgumentNullException.ThrowIfNull(inputs);
            HandleList from = HandleList.Of(outputs, stackalloc nint[HandleList.UsualCount]);
            HandleList to = HandleList.Of(inputs, stackalloc nint[HandleList.UsualCount]);
            HandleList seeds = HandleList.Of(grad_outputs, stackalloc nint[HandleList.UsualCount]);
            Span<nint> found = inputs.Count <= HandleList.UsualCount ? stackalloc nint[inputs.Count] : new nint[inputs.Count];
            int status;
            fixed (nint* fromHandles = from, toHandles = to, seedHandles = seeds, results = found)
            {
                status = maml_grad(
                    fromHandles, from.Length, toHandles, to.Length, seedHandles, seeds.Length,
                    Flag(retain_graph), Flag(create_graph), Flag(allow_unused), results);
            }

            HandleList.KeepAlive(outputs);
            HandleList.KeepAlive(inputs);
            HandleList.KeepAlive(grad_outputs);
            NativeError.ThrowIfFailed(status);
            var gradients = new Tensor[found.Length];
            for (int i = 0; i < found.Length; i++) gradients[i] = found[i] == 0 ? null! : new Tensor(found[i]);
            return gradients;
        }

        /// <summary>Accumulates the gradients of the sum of <paramref name="tensors"/> in the leaves, or in <paramref name="inputs"/> only.</summary>
        public static void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            ArgumentNullException.ThrowIfNull(tensors);
            HandleList from = HandleList.Of(tensors, stackalloc nint[HandleList.UsualCount]);
            HandleList seeds = HandleList.Of(grad_tensors, stackalloc nint[HandleList.UsualCount]);
            HandleList to = HandleList.Of(inputs, stackalloc nint[HandleList.UsualCount]);
            int status;
            fixed (nint* fromHandles = from, seedHandles = seeds, toHandles = to)
            {
                status = maml_backward(
                    fromHandles, from.Length, seedHandles, seeds.Length,
                    Flag(retain_graph ?? create_graph), Flag(create_graph), toHandles, to.Length);
            }

            HandleList.KeepAlive(tensors);
            HandleList.KeepAlive(grad_tensors);
            HandleList.KeepAlive(inputs);
            NativeError.ThrowIfFailed(status);
        }
    }
}
