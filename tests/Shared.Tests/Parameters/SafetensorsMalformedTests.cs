using System.Text;
using Maml.Cluster.Shared.Parameters;

namespace Maml.Cluster.Shared.Tests.Parameters;

public sealed class SafetensorsMalformedTests
{
    public static TheoryData<string, string> Headers() => new()
    {
        { "", "does not begin with '{'" },
        { "[]", "does not begin with '{'" },
        { " {}", "does not begin with '{'" },
        { "{", "a header that is not JSON" },
        { "{}{}", "a header that is not JSON" },
        { "{}\0", "a header that is not JSON" },
        { "{\"\\ud800\":1}", "a header that is not JSON" },
        { "{}", "8 bytes after the last tensor" },
        { "{\"a\":1}", "tensor 'a': found a Number" },
        { "{\"\":" + Tensor() + "}", "a tensor without a name" },
        { "{\"a\":" + Tensor() + ",\"a\":" + Tensor() + "}", "two tensors named 'a'" },
        { "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}", "tensor 'a': found no dtype" },
        { "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", "tensor 'a': found no shape" },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", "tensor 'a': found no data_offsets" },
        { "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "dtype twice" },
        { "{\"a\":{\"dtype\":\"F32\",\"x\":1,\"shape\":[2],\"data_offsets\":[0,8]}}", "a field 'x'" },
        { "{\"a\":" + Tensor(dtype: "\"F33\"") + "}", "tensor 'a': found dtype F33, expected F32, F64, I64, U8" },
        { "{\"a\":" + Tensor(dtype: "3") + "}", "dtype 3" },
        { "{\"a\":" + Tensor(shape: "2") + "}", "shape of kind Number" },
        { "{\"a\":" + Tensor(shape: "[-2]") + "}", "-2 in shape" },
        { "{\"a\":" + Tensor(shape: "[2.5]") + "}", "2.5 in shape" },
        { "{\"a\":" + Tensor(shape: "[\"2\"]") + "}", "\"2\" in shape" },
        { "{\"a\":" + Tensor(shape: "[3]") + "}", "found 8 bytes for F32 [3], expected 12" },
        { "{\"a\":" + Tensor(shape: "[4294967296,4294967296]") + "}", "expected a shape that fits in a file" },
        { "{\"a\":" + Tensor(shape: "[9223372036854775807,9223372036854775807,4]") + "}", "expected a shape that fits in a file" },
        { "{\"a\":" + Tensor(offsets: "[0]") + "}", "data_offsets [0]" },
        { "{\"a\":" + Tensor(offsets: "[8,0]") + "}", "data_offsets [8, 0]" },
        { "{\"a\":" + Tensor(offsets: "[0,16]", shape: "[4]") + "}", "tensor 'a' up to offset 16, expected at most the 8 bytes" },
        { "{\"a\":" + Tensor(offsets: "[4,8]", shape: "[1]") + "}", "tensor 'a' at offset 4, which leaves a hole" },
        { "{\"a\":" + Tensor() + ",\"b\":" + Tensor(offsets: "[4,8]", shape: "[1]") + "}", "tensor 'b' at offset 4, which overlaps" },
        { "{\"a\":" + Tensor(offsets: "[0,4]", shape: "[1]") + "}", "4 bytes after the last tensor" },
        { "{\"__metadata__\":[]}", "__metadata__ of kind Array" },
        { "{\"__metadata__\":{\"k\":1}}", "metadata 'k' of kind Number" },
        { "{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", "metadata 'k' twice" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void Parse_MalformedHeader_NamesTheFileAndWhatWasFound(string header, string found)
    {
        string message = Refused(File(header, new byte[8]));

        message.ShouldStartWith("a.safetensors");
        message.ShouldContain(found);
        message.ShouldContain(", expected ");
    }

    [Fact]
    public void Parse_InvalidUtf8_IsRefused() =>
        Refused([7, 0, 0, 0, 0, 0, 0, 0, .. "{\""u8, 0xFF, .. "\":1}"u8]).ShouldContain("a header that is not JSON");

    [Fact]
    public void Parse_FewerThanEightBytes_SaysHowMany() => Refused([1, 2, 3]).ShouldContain("found 3 bytes, expected at least the 8");

    [Fact]
    public void Parse_HeaderLongerThanTheFile_SaysBothLengths() =>
        Refused([100, 0, 0, 0, 0, 0, 0, 0, 1, 2]).ShouldContain("a header of 100 bytes, expected at most the 2");

    [Fact]
    public void Parse_HeaderBeyondAllReason_IsRefusedAsNoSuchFile() =>
        Refused([0, 0, 0, 0, 0, 0, 0, 255]).ShouldContain("a header of 18374686479671623680 bytes, expected at most 100000000");

    [Fact]
    public void Parse_TruncatedAnywhere_IsRefused()
    {
        byte[] whole = SafetensorsFileTests.Write(SafetensorsFileTests.Create());
        for (int length = 0; length < whole.Length; length++)
            Refused(whole[..length]).ShouldStartWith("a.safetensors", Case.Sensitive, $"cut to {length} bytes");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Parse_AlteredBytes_GivesAFileOrASafetensorsException(int seed)
    {
        var random = new Random(seed);
        byte[] whole = SafetensorsFileTests.Write(SafetensorsFileTests.Create());
        for (int round = 0; round < 20_000; round++)
        {
            byte[] altered = [.. whole];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                altered[random.Next(altered.Length)] = (byte)random.Next(256);
            Exception? thrown = Record.Exception(() => SafetensorsFile.Parse(altered, "x"));
            (thrown is null or SafetensorsException).ShouldBeTrue(
                $"seed {seed}, round {round}: {Convert.ToHexString(altered)} gave {thrown}");
        }
    }

    internal static byte[] File(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)json.Length), .. json, .. data];
    }

    private static string Refused(byte[] bytes) =>
        Should.Throw<SafetensorsException>(() => SafetensorsFile.Parse(bytes, "a.safetensors")).Message;

    private static string Tensor(string dtype = "\"F32\"", string shape = "[2]", string offsets = "[0,8]") =>
        $$"""{"dtype":{{dtype}},"shape":{{shape}},"data_offsets":{{offsets}}}""";
}
