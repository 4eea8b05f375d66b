using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        public Tensor matmul(Tensor target) => Result(maml_matmul(Handle, target.Handle), this, target);

        public Tensor mm(Tensor target) => Result(maml_mm(Handle, target.Handle), this, target);

        public Tensor bmm(Tensor batch2) => Result(maml_bmm(Handle, batch2.Handle), this, batch2);

        /// <summary>This tensor times <paramref name="beta"/>, plus the matrix product times <paramref name="alpha"/>.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Result(maml_addmm(Handle, mat1.Handle, mat2.Handle, beta, alpha), this, mat1, mat2);

        /// <summary>As <see cref="addmm"/>, written over this tensor.</summary>
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Result(maml_addmm_(Handle, mat1.Handle, mat2.Handle, beta, alpha), this, mat1, mat2);
    }
}
