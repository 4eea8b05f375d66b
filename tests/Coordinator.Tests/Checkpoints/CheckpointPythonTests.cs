using System.Diagnostics;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Checkpoints;

public sealed class CheckpointPythonTests
{
    // What the safetensors package does, in the words of its format: no package is needed to read it.
    private const string Script = """
        import hashlib, json, re, struct, sys
        data = open(sys.argv[1], 'rb').read()
        (length,) = struct.unpack('<Q', data[:8])
        header = json.loads(data[8:8 + length])
        metadata = header.pop('__metadata__')
        assert all(isinstance(value, str) for value in metadata.values())
        end = 0
        for name, tensor in sorted(header.items(), key=lambda item: item[1]['data_offsets']):
            begin, stop = tensor['data_offsets']
            count = 1
            for size in tensor['shape']: count *= size
            assert tensor['dtype'] == 'F32' and begin == end and stop - begin == 4 * count, name
            end = stop
        assert 8 + length + end == len(data) == int(metadata['checkpoint_bytes'])
        seal = metadata['checkpoint_sha256'].encode()
        assert hashlib.sha256(data.replace(seal, b'0' * 64)).hexdigest().encode() == seal
        begin, stop = header['layers.0.bias']['data_offsets']
        print(metadata['iteration'], *struct.unpack('<4f', data[8 + length + begin:8 + length + stop]))
        """;

    [PythonFact]
    public void Save_Always_IsPlainSafetensorsToPython()
    {
        using var folder = new TemporaryFolder();
        var checkpoint = SmallCheckpoints.Create(42);
        string path = SmallCheckpoints.Open(folder.Path).Save(checkpoint);
        using Process python = Process.Start(new ProcessStartInfo("python3", ["-c", Script, path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = python.StandardOutput.ReadToEnd();
        string error = python.StandardError.ReadToEnd();
        python.WaitForExit();
        python.ExitCode.ShouldBe(0, error);
        string[] words = output.Split(' ', StringSplitOptions.TrimEntries);
        words[0].ShouldBe("42");
        words[1..].Select(word => float.Parse(word, System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(checkpoint.Parameters.ToArray()[4..8]);
    }
}
