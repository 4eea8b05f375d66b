using Maml.Cluster.Shared.Data;

namespace Maml.Cluster.Cli.Doctor.Checks;

/// <summary>Whether Omniglot was decoded once.</summary>
internal sealed class OmniglotCheck : IDoctorCheck
{
    public string Subject => "Omniglot";

    public Task<Finding> RunAsync(CancellationToken cancellation)
    {
        string folder = CacheDirectory.Default();
        int sources = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.source").Length : 0;
        return Task.FromResult(sources > 0
            ? Finding.Good(Subject, $"decoded, in {folder}")
            : Finding.Improvable(Subject, "not decoded yet; only its own presets need it", "./maml train omniglot-5way-1shot --data FOLDER-WITH-OMNIGLOT"));
    }
}
