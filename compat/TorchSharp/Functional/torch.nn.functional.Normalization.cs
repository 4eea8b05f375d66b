using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>
            /// Shifts and scales each channel, dimension 1 of <paramref name="input"/>, to mean 0 and variance 1, and then by
            /// <paramref name="weight"/> and <paramref name="bias"/>; with the statistics of the batch at hand if
            /// <paramref name="training"/>, else with the running ones.
            /// </summary>
            public static Tensor batch_norm(
                Tensor input,
                Tensor? running_mean,
                Tensor? running_var,
                Tensor? weight = null,
                Tensor? bias = null,
                bool training = false,
                double momentum = 0.1,
                double eps = 1e-05)
            {
                nint result = maml_batch_norm(
                    input.Handle, Tensor.HandleOf(running_mean), Tensor.HandleOf(running_var), Tensor.HandleOf(weight), Tensor.HandleOf(bias),
                    Flag(training), momentum, eps);
                GC.KeepAlive(running_mean);
                GC.KeepAlive(running_var);
                return Tensor.Result(result, input, weight, bias);
            }
        }
    }
}
