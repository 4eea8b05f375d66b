namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where a tensor's memory is and its arithmetic is done.</summary>
    public sealed class Device
    {
        /// <param name="description"><c>cpu</c>, <c>cuda</c> or <c>cuda:</c> and the device's number.</param>
        /// <exception cref="ArgumentException">The text is none of those.</exception>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            string[] parts = description.Split(':');
            type = ParseType(parts[0], description);
            index = parts.Length switch
            {
                1 => DefaultIndex(type, -1),
                2 when int.TryParse(parts[1], out int number) && number >= 0 => number,
                _ => throw Unknown(description),
            };
        }

        public Device(string deviceType, int index = -1)
        {
            ArgumentNullException.ThrowIfNull(deviceType);
            type = ParseType(deviceType, deviceType);
            this.index = DefaultIndex(type, index);
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = DefaultIndex(deviceType, index);
        }

        public DeviceType type { get; }

        /// <summary>Which device of its type; -1 for the CPU, of which there is one.</summary>
        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString() => type == DeviceType.CPU ? "cpu" : $"cuda:{index}";

        private static int DefaultIndex(DeviceType type, int index) => type == DeviceType.CUDA && index < 0 ? 0 : index;

        private static DeviceType ParseType(string name, string description) => name switch
        {
            "cpu" or "CPU" => DeviceType.CPU,
            "cuda" or "CUDA" => DeviceType.CUDA,
            _ => throw Unknown(description),
        };

        private static ArgumentException Unknown(string description) =>
            new($"'{description}' names no device; expected 'cpu', 'cuda' or 'cuda:N'.", nameof(description));
    }
}
