using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One header: a key with either text or, where the key ends in <c>-bin</c>, bytes.</summary>
    public class Entry
    {
        private readonly byte[]? bytes;
        private readonly string? text;

        /// <summary>Makes an entry of text.</summary>
        /// <param name="key">Letters (kept in lower case), digits, <c>-</c>, <c>_</c> and <c>.</c>; not ending in <c>-bin</c>.</param>
        /// <param name="value">Printable ASCII.</param>
        /// <exception cref="ArgumentException">The key is not of that kind.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = Normalized(key);
            if (IsBinary)
                throw new ArgumentException(
                    $"'{key}' ends in '{BinaryHeaderSuffix}', which marks binary entries: give bytes, or another key.", nameof(key));
            text = value;
        }

        /// <summary>Makes a binary entry.</summary>
        /// <param name="key">Letters (kept in lower case), digits, <c>-</c>, <c>_</c> and <c>.</c>; ending in <c>-bin</c>.</param>
        /// <param name="valueBytes">Any bytes; copied.</param>
        /// <exception cref="ArgumentException">The key is not of that kind.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = Normalized(key);
            if (!IsBinary)
                throw new ArgumentException(
                    $"'{key}' does not end in '{BinaryHeaderSuffix}', as the key of a binary entry must.", nameof(key));
            bytes = [.. valueBytes];
        }

        /// <summary>The name, in lower case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is bytes rather than text.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>The text; of a binary entry, its bytes read as ASCII.</summary>
        public string Value => text ?? Encoding.ASCII.GetString(bytes!);

        /// <summary>A copy of the bytes; of an entry of text, its ASCII.</summary>
        public byte[] ValueBytes => bytes is null ? Encoding.ASCII.GetBytes(text!) : [.. bytes];

        /// <summary>For logs: the key with the text, or with the bytes in hexadecimal.</summary>
        public override string ToString() => IsBinary
            ? $"[Entry: key={Key}, valueBytes={Convert.ToHexString(bytes!)}]"
            : $"[Entry: key={Key}, value={text}]";

        private static string Normalized(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            if (key.Length == 0 || !key.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
                throw new ArgumentException(
                    $"'{key}' is not a metadata key; expected ASCII letters, digits, '-', '_' and '.' only.", nameof(key));
#pragma warning disable CA1308 // HTTP/2 wants header names in lower case.
            return key.ToLowerInvariant();
#pragma warning restore CA1308
        }
    }
}
