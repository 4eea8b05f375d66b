using System.Text;
using Maml.Cluster.Coordinator.Clustering.Vaults;
using Maml.Cluster.Coordinator.Tests.Support;

namespace Maml.Cluster.Coordinator.Tests.Clustering.Vaults;

public sealed class KeptTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Send_VaultHasLostRows_SendsAllOfThemTheNextTime()
    {
        string path = _folder.File("metrics.csv");
        string kept = "";
        var table = new KeptTable(path);
        File.WriteAllText(path, "1\n2\n");
        table.Send(Keep);
        kept = "1\n";
        File.AppendAllText(path, "3\n");
        Should.Throw<RowsLostException>(() => table.Send(Keep)).Message.ShouldContain("found 2 bytes in the database, expected at least 4");
        table.Send(Keep);
        kept.ShouldBe("1\n2\n3\n");

        void Keep(long offset, ReadOnlyMemory<byte> rows)
        {
            if (offset > kept.Length) throw new RowsLostException("metrics.csv", kept.Length, offset);
            kept = kept[..(int)offset] + Encoding.UTF8.GetString(rows.Span);
        }
    }
}
