using Maml.Cluster.Shared.Data;
using Maml.Cluster.Shared.Tests.Data.Images;
using Maml.Cluster.Shared.Tests.Data.Omniglot;
using Maml.Cluster.Shared.Tests.Files;

namespace Maml.Cluster.Shared.Tests.Data.Cache;

public sealed class ImageDataSetCacheTests : IDisposable
{
    private readonly TemporaryFolder source = new();
    private readonly TemporaryFolder directory = new();
    private readonly List<string> reports = [];
    private readonly ImageDataSetCache cache;
    private readonly CountingSource omniglot;

    public ImageDataSetCacheTests()
    {
        cache = new ImageDataSetCache(directory.Path, reports.Add);
        omniglot = new CountingSource(new OmniglotSource(source.Path, SmallOmniglot.Layout));
        new SmallOmniglot().WriteFolders(source.Path);
    }

    public void Dispose()
    {
        source.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void OpenOrDecode_SecondTime_DoesNotDecode()
    {
        string first = cache.OpenOrDecode(omniglot).ContentHash;

        cache.OpenOrDecode(omniglot).ContentHash.ShouldBe(first);

        omniglot.Decoded.ShouldBe(1);
        reports.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("*.images", 40)]
    [InlineData("*.images", 0)]
    [InlineData("*.source", 40)]
    [InlineData("*.source", 0)]
    public void OpenOrDecode_TornCacheFile_DecodesAgainAndMendsIt(string pattern, int length)
    {
        string first = cache.OpenOrDecode(omniglot).ContentHash;
        using (FileStream file = File.OpenWrite(Directory.GetFiles(directory.Path, pattern).ShouldHaveSingleItem()))
            file.SetLength(length);

        cache.OpenOrDecode(omniglot).ContentHash.ShouldBe(first);
        cache.OpenOrDecode(omniglot).ContentHash.ShouldBe(first);

        omniglot.Decoded.ShouldBe(2);
    }

    [Fact]
    public void OpenOrDecode_AlteredPixel_DecodesAgainAndSaysSo()
    {
        string first = cache.OpenOrDecode(omniglot).ContentHash;
        string path = Directory.GetFiles(directory.Path, "*.images").ShouldHaveSingleItem();
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^100] ^= 1;
        File.WriteAllBytes(path, bytes);

        cache.OpenOrDecode(omniglot).ContentHash.ShouldBe(first);

        omniglot.Decoded.ShouldBe(2);
        reports.ShouldHaveSingleItem().ShouldStartWith(path);
    }

    [Fact]
    public void OpenOrDecode_SourceChanged_DecodesAgain()
    {
        string first = cache.OpenOrDecode(omniglot).ContentHash;
        string drawing = Path.Combine(source.Path, "images_evaluation/Beta/character02/0003_01.png");
        File.WriteAllBytes(drawing, SmallOmniglot.Drawing(9));
        File.SetLastWriteTimeUtc(drawing, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        cache.OpenOrDecode(omniglot).ContentHash.ShouldNotBe(first);
    }

    [Fact]
    public void OpenOrDecode_CacheCannotBeWritten_GivesTheDataSetAndSaysSo()
    {
        File.WriteAllText(directory["file"], "");
        var blocked = new ImageDataSetCache(directory["file/below"], reports.Add);

        blocked.OpenOrDecode(omniglot).Classes.ShouldBe(3);

        reports.ShouldHaveSingleItem().ShouldContain("cannot be written");
    }

    [Fact]
    public void OpenOrDecode_SourceGone_IsAFaultThoughItIsCached()
    {
        cache.OpenOrDecode(omniglot);
        Directory.Delete(Path.Combine(source.Path, "images_background"), recursive: true);

        Should.Throw<DataSetException>(() => cache.OpenOrDecode(omniglot));
    }

    [Fact]
    public void TryOpenByHash_Stored_IsTheSame()
    {
        ImageDataSet dataSet = ImageDataSetTests.Create();
        cache.TryOpenByHash(dataSet.ContentHash).ShouldBeNull();

        cache.Store(dataSet);

        cache.TryOpenByHash(dataSet.ContentHash)!.GetImage(1, 2).ToArray().ShouldBe(dataSet.GetImage(1, 2).ToArray());
        Directory.GetFiles(directory.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void TryOpenByHash_FileUnderAnotherName_IsNotUsed()
    {
        ImageDataSet dataSet = ImageDataSetTests.Create();
        cache.Store(dataSet);
        string other = new('a', 64);
        File.Move(directory[$"{dataSet.ContentHash}.images"], directory[$"{other}.images"]);

        cache.TryOpenByHash(other).ShouldBeNull();
        reports.ShouldHaveSingleItem().ShouldContain(dataSet.ContentHash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void TryOpenByHash_NoHash_Throws(string hash) => Should.Throw<ArgumentException>(() => cache.TryOpenByHash(hash));

    private sealed class CountingSource(IImageDataSetSource inner) : IImageDataSetSource
    {
        public int Decoded { get; private set; }

        public string Fingerprint() => inner.Fingerprint();

        public ImageDataSet Decode(CancellationToken cancellationToken)
        {
            Decoded++;
            return inner.Decode(cancellationToken);
        }
    }
}
