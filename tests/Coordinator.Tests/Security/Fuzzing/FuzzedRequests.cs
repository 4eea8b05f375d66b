using System.Buffers.Binary;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Security.Fuzzing;

/// <summary>The bodies that a fuzzer sends, from a seed.</summary>
internal sealed class FuzzedRequests
{
    // Messages of one stream, so that each costs a message and not a call.
    private const int LongestStream = 60;

    private readonly Random _random;
    private readonly RandomMessages _messages;
    private readonly Mutations _mutations;
    private readonly IReadOnlyDictionary<MessageDescriptor, IReadOnlyList<IMessage>> _examples;

    /// <summary>Begins a sequence.</summary>
    /// <param name="seed">Decides all of it.</param>
    /// <param name="examples">Requests that get far, to be spoilt too.</param>
    public FuzzedRequests(int seed, IReadOnlyDictionary<MessageDescriptor, IReadOnlyList<IMessage>> examples)
    {
        _random = new Random(seed);
        _messages = new RandomMessages(_random);
        _mutations = new Mutations(_random);
        _examples = examples;
    }

    /// <summary>One of a service's methods.</summary>
    public MethodDescriptor ChooseMethod(ServiceDescriptor service) => service.Methods[_random.Next(service.Methods.Count)];

    /// <summary>The body of a call, and how many messages it holds.</summary>
    public (byte[] Body, int Messages) Create(MethodDescriptor method) =>
        method.IsClientStreaming ? Stream(method.InputType) : (SpoilFrame(RawCall.Frame(Message(method.InputType))), 1);

    private byte[] Message(MessageDescriptor type)
    {
        int kind = _random.Next(10);
        if (kind == 0) return _mutations.Noise();
        IMessage message = kind < 6 && _examples.TryGetValue(type, out IReadOnlyList<IMessage>? examples)
            ? examples[_random.Next(examples.Count)]
            : _messages.Create(type);
        byte[] bytes = message.ToByteArray();
        return kind is 5 or 9 ? bytes : _mutations.Spoil(bytes);
    }

    // Only the last message may be one that ends the stream: those before it are read, each and every one.
    private (byte[] Body, int Messages) Stream(MessageDescriptor type)
    {
        using var body = new MemoryStream();
        body.Write(RawCall.Frame(_examples[type][0].ToByteArray()));
        int messages = 0;
        bool isReadable = true;
        for (int rest = _random.Next(LongestStream); rest > 0 && isReadable; rest--)
        {
            byte[] message = Message(type);
            isReadable = IsReadable(type, message);
            if (!isReadable && rest > 1 && _random.Next(10) > 0)
            {
                message = _messages.Create(type).ToByteArray();
                isReadable = true;
            }

            messages++;
            byte[] frame = RawCall.Frame(message);
            if (rest == 1) frame = SpoilFrame(frame);
            body.Write(frame);
        }

        return (body.ToArray(), messages);
    }

    private static bool IsReadable(MessageDescriptor type, byte[] message)
    {
        try
        {
            type.Parser.ParseFrom(message);
            return true;
        }
        catch (Exception)
        {
            // The parser has more ways to fail than it documents; the coordinator has to know them all.
            return false;
        }
    }

    private byte[] SpoilFrame(byte[] frame)
    {
        switch (_random.Next(40))
        {
            case 0: frame[0] = (byte)_random.Next(1, 256); return frame;
            case 1: BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)_random.NextInt64(uint.MaxValue)); return frame;
            case 2: return frame[..^Math.Min(frame.Length, _random.Next(1, 8))];
            case 3: return [.. frame, .. frame];
            case 4: return [];
            default: return frame;
        }
    }
}
