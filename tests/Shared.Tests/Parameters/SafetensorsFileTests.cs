using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Shared.Tests.Files;

namespace Maml.Cluster.Shared.Tests.Parameters;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void Parse_WhatWriteWrote_IsTheSame()
    {
        SafetensorsFile original = Create();

        SafetensorsFile read = SafetensorsFile.Parse(Write(original), "x");

        read.Tensors.Select(t => t.Name).ShouldBe(original.Tensors.Select(t => t.Name));
        foreach (SafetensorsTensor tensor in original.Tensors)
        {
            SafetensorsTensor same = read.Find(tensor.Name).ShouldNotBeNull();
            same.ElementType.ShouldBe(tensor.ElementType);
            same.Shape.ShouldBe(tensor.Shape);
            same.Data.ToArray().ShouldBe(tensor.Data.ToArray());
        }

        read.Metadata.ShouldBe(original.Metadata, ignoreOrder: true);
        read.Find("theta/b")!.ToSingles().ShouldBe([1.5f, float.NaN, float.NegativeInfinity, -0f, 5, 6]);
        read.Find("labels")!.ToInt64s().ShouldBe([long.MinValue, 7]);
        read.Find("exact")!.ToDoubles().ShouldBe([Math.PI]);
        Write(read).ShouldBe(Write(original));
    }

    [Fact]
    public void Write_Bytes_AreWhatTheFormatSays()
    {
        byte[] bytes = Write(Create());

        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        (headerLength % 8).ShouldBe(0);
        string json = Encoding.UTF8.GetString(bytes, 8, headerLength);
        json.ShouldStartWith("{\"__metadata__\":{");
        JsonObject header = JsonNode.Parse(json)!.AsObject();
        header["__metadata__"]!["note"]!.GetValue<string>().ShouldBe("α = \"0.4\"\n");
        header["theta/b"]!.ToJsonString().ShouldBe("{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}");
        header["exact"]!.ToJsonString().ShouldBe("{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[24,32]}");
        header["none"]!.ToJsonString().ShouldBe("{\"dtype\":\"U8\",\"shape\":[0,4],\"data_offsets\":[32,32]}");
        header["labels"]!.ToJsonString().ShouldBe("{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[32,48]}");
        bytes.Length.ShouldBe(8 + headerLength + 48);
        BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + headerLength)).ShouldBe(1.5f);
    }

    [Fact]
    public void Write_NoTensors_IsTheSmallestFile() => Write(new SafetensorsFile([])).ShouldBe([8, 0, 0, 0, 0, 0, 0, 0, .. "{}      "u8]);

    [Fact]
    public void Parse_HeaderInAnotherOrder_GivesTheTensorsInTheOrderOfTheirBytes()
    {
        const string header = """
            {"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}
            """;

        SafetensorsFile read = SafetensorsFile.Parse(SafetensorsMalformedTests.File(header, [10, 20]), "x");

        read.Tensors.Select(t => t.Name).ShouldBe(["a", "b"]);
        read.Find("b")!.Data.ToArray().ShouldBe([20]);
        read.Metadata.ShouldBeEmpty();
    }

    [Fact]
    public void WriteAtomically_ThenRead_IsTheSameAndNothingElseIsLeft()
    {
        using var folder = new TemporaryFolder();
        string path = folder["checkpoints/a.safetensors"];

        Create().WriteAtomically(path);
        Create().WriteAtomically(path);

        SafetensorsFile.Read(path).Tensors.Count.ShouldBe(4);
        Directory.GetFiles(Path.GetDirectoryName(path)!).Length.ShouldBe(1);
    }

    [Fact]
    public void Read_NoSuchFile_NamesIt() =>
        Should.Throw<SafetensorsException>(() => SafetensorsFile.Read("none.safetensors"))
            .Message.ShouldStartWith("none.safetensors: found");

    [Fact]
    public void Constructor_SameNameTwice_NamesIt() => Should.Throw<ArgumentException>(
        () => new SafetensorsFile([SafetensorsTensor.FromSingles("w", [1], [1]), SafetensorsTensor.FromSingles("w", [1], [1])]))
        .Message.ShouldContain("two tensors named 'w'");

    [Fact]
    public void Tensor_ShapeThatDoesNotFit_NamesTheTensor() => Should.Throw<ArgumentException>(
        () => SafetensorsTensor.FromSingles("w", [2, 2], [1, 2, 3])).Message.ShouldContain("Tensor 'w': found 12 bytes");

    [Fact]
    public void Tensor_ReadAsAnotherType_NamesBoth() => Should.Throw<InvalidOperationException>(
        () => SafetensorsTensor.FromSingles("w", [1], [1]).ToDoubles())
        .Message.ShouldBe("Tensor 'w': found elements of type F32, expected F64.");

    internal static SafetensorsFile Create() => new(
        [
            SafetensorsTensor.FromSingles("theta/b", [2, 3], [1.5f, float.NaN, float.NegativeInfinity, -0f, 5, 6]),
            SafetensorsTensor.FromDoubles("exact", [], [Math.PI]),
            new SafetensorsTensor("none", SafetensorsElementType.U8, [0, 4], default),
            SafetensorsTensor.FromInt64s("labels", [2], [long.MinValue, 7]),
        ],
        new Dictionary<string, string> { ["note"] = "α = \"0.4\"\n", ["algorithm"] = "maml" });

    internal static byte[] Write(SafetensorsFile file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }
}
