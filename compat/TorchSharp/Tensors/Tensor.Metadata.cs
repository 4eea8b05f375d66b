using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed unsafe partial class Tensor
    {
        private const int UsualDimensions = 8;

        public long[] shape
        {
            get
            {
                long* usual = stackalloc long[UsualDimensions];
                int count = maml_shape(Handle, usual, UsualDimensions);
                if (count <= UsualDimensions)
                {
                    GC.KeepAlive(this);
                    return new ReadOnlySpan<long>(usual, count).ToArray();
                }

                long[] result = new long[count];
                fixed (long* sizes = result) _ = maml_shape(Handle, sizes, count);
                GC.KeepAlive(this);
                return result;
            }
        }

        public long ndim => dim();

        public long Dimensions => dim();

        public long NumberOfElements => numel();

        public long ElementSize
        {
            get
            {
                long result = maml_element_size(Handle);
                GC.KeepAlive(this);
                return result;
            }
        }

        public ScalarType dtype
        {
            get
            {
                var result = (ScalarType)maml_dtype(Handle);
                GC.KeepAlive(this);
                return result;
            }
        }

        public long[] size() => shape;

        /// <summary>The length of one dimension.</summary>
        /// <param name="dim">Which; a negative number counts from the last.</param>
        /// <exception cref="ArgumentOutOfRangeException">The tensor has no such dimension.</exception>
        public long size(int dim)
        {
            long[] sizes = shape;
            int position = dim < 0 ? dim + sizes.Length : dim;
            if (position >= 0 && position < sizes.Length) return sizes[position];
            throw new ArgumentOutOfRangeException(nameof(dim), dim, $"A tensor of {sizes.Length} dimensions has no dimension {dim}.");
        }

        /// <summary>How far apart in memory neighbours along each dimension are, in elements.</summary>
        public long[] stride()
        {
            long[] result = new long[dim()];
            fixed (long* strides = result) maml_stride(Handle, strides);
            GC.KeepAlive(this);
            return result;
        }

        public long dim()
        {
            long result = maml_shape(Handle, null, -1);
            GC.KeepAlive(this);
            return result;
        }

        public long numel()
        {
            long result = maml_numel(Handle);
            GC.KeepAlive(this);
            return result;
        }

        public bool is_contiguous()
        {
            bool result = maml_is_contiguous(Handle) != 0;
            GC.KeepAlive(this);
            return result;
        }

        public override string ToString() =>
            IsInvalid ? "a disposed tensor" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";
    }
}
