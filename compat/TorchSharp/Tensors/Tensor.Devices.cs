using TorchSharp.Interop;
using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public sealed unsafe partial class Tensor
    {
        public Device device
        {
            get
            {
                int type, index;
                maml_device(Handle, &type, &index);
                GC.KeepAlive(this);
                return (DeviceType)type == DeviceType.CPU ? CPU : new Device((DeviceType)type, index);
            }
        }

        public DeviceType device_type => device.type;

        public int device_index => device.index;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public Tensor cpu() => to(CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false) =>
            to(device ?? CUDA, non_blocking: non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(new NativeOptions(null, device), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(new NativeOptions(type, null), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(new NativeOptions(type, device), copy, disposeAfter, non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            to(type, copy, disposeAfter, non_blocking);

        private Tensor Convert(NativeOptions target, bool copy, bool disposeAfter, bool nonBlocking)
        {
            Tensor result = Result(maml_to(Handle, target, Flag(nonBlocking), Flag(copy)), this);
            if (disposeAfter) Dispose();
            return result;
        }
    }
}
