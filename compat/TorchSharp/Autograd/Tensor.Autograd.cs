using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed unsafe partial class Tensor
    {
        public bool requires_grad
        {
            get
            {
                bool result = maml_requires_grad(Handle) != 0;
                GC.KeepAlive(this);
                return result;
            }
            set => Check(maml_set_requires_grad(Handle, Flag(value)), this);
        }

        public bool is_leaf
        {
            get
            {
                bool result = maml_is_leaf(Handle) != 0;
                GC.KeepAlive(this);
                return result;
            }
        }

        /// <summary>What <see cref="backward()"/> has accumulated here; null before the first time.</summary>
        public Tensor? grad
        {
            get
            {
                nint result;
                Check(maml_get_grad(Handle, &result), this);
                return result == 0 ? null : new Tensor(result);
            }
            set
            {
                Check(maml_set_grad(Handle, HandleOf(value)), this);
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Accumulates the gradients of this scalar in the leaves that it was computed from.</summary>
        public void backward() => backward(null);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
