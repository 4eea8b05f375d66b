using System.Runtime.CompilerServices;
using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed unsafe partial class Tensor
    {
        /// <summary>The elements as raw bytes, without a copy; valid only while this tensor is.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not on the CPU, or its elements do not lie in one piece.</exception>
        public Span<byte> bytes
        {
            get
            {
                if (!is_contiguous()) throw new InvalidOperationException("The bytes of a tensor that is not contiguous cannot be had; call contiguous() first.");
                return new Span<byte>(DataPointer(), checked((int)(numel() * ElementSize)));
            }
            set
            {
                Span<byte> target = bytes;
                if (value.Length != target.Length) throw new ArgumentException($"The tensor has {target.Length} bytes, the value has {value.Length}.", nameof(value));
                value.CopyTo(target);
            }
        }

        /// <summary>Access to the elements, without a copy.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not on the CPU.</exception>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the type of the elements.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ElementTypes.Demand<T>(dtype);
            return new TensorAccessor<T>(this);
        }

        /// <summary>The value of a tensor of one element.</summary>
        /// <exception cref="ArgumentException">
        /// <typeparamref name="T"/> is not the type of the elements, or there is not exactly one.
        /// </exception>
        public T item<T>() where T : unmanaged
        {
            ElementTypes.Demand<T>(dtype);
            long count = numel();
            if (count != 1) throw new ArgumentException($"item needs a tensor of exactly one element; this one has {count}.");
            if (device_type == DeviceType.CPU)
            {
                T value = *(T*)DataPointer();
                GC.KeepAlive(this);
                return value;
            }

            using Tensor local = cpu();
            return local.item<T>();
        }

        public Scalar ToScalar()
        {
            ScalarValue value;
            Check(maml_item(Handle, &value), this);
            return new Scalar(value, dtype);
        }

        internal void* DataPointer()
        {
            if (device_type != DeviceType.CPU) throw new InvalidOperationException($"The elements of a tensor on {device} cannot be read from here; call cpu() first.");
            Unsafe.SkipInit(out nint address);
            Check(maml_data(Handle, (void**)&address), this);
            return (void*)address;
        }
    }
}
