using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One entry of an index expression: a position, a slice, a tensor, <c>...</c> or a new dimension.</summary>
    public readonly struct TensorIndex
    {
        private readonly NativeIndexKind _kind;
        private readonly long _start;
        private readonly long _stop;
        private readonly long _step;
        private readonly int _given;
        private readonly Tensor? _tensor;

#pragma warning disable CA2211 // Real TorchSharp has these as fields too, and the surfaces must agree.
        public static TensorIndex Ellipsis = new(NativeIndexKind.Ellipsis);
        public static TensorIndex None = new(NativeIndexKind.None);
        public static TensorIndex Null = new(NativeIndexKind.None);
        public static TensorIndex Colon = new(NativeIndexKind.Slice);
#pragma warning restore CA2211

        private TensorIndex(NativeIndexKind kind, long start = 0, long stop = 0, long step = 0, int given = 0, Tensor? tensor = null)
        {
            _kind = kind;
            _start = start;
            _stop = stop;
            _step = step;
            _given = given;
            _tensor = tensor;
        }

        public static implicit operator TensorIndex(long value) => new(NativeIndexKind.Integer, value);

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null)
        {
            int given = (start is null ? 0 : 1) | (stop is null ? 0 : 2) | (step is null ? 0 : 4);
            return new TensorIndex(NativeIndexKind.Slice, start ?? 0, stop ?? 0, step ?? 0, given);
        }

        public static TensorIndex Bool(bool value) => new(NativeIndexKind.Boolean, value ? 1 : 0);

        public static TensorIndex Tensor(Tensor tensor)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            return new TensorIndex(NativeIndexKind.Tensor, tensor: tensor);
        }

        internal NativeIndex ToNative() => new(_kind, _start, _stop, _step, torch.Tensor.HandleOf(_tensor), _given);
    }
}
