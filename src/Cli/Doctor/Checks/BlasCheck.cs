using Maml.Cluster.Worker.Devices;

namespace Maml.Cluster.Cli.Doctor.Checks;

/// <summary>The library behind libtorch's matrix products on the processor; the generic one is several times slower than OpenBLAS.</summary>
internal sealed class BlasCheck : IDoctorCheck
{
    public string Subject => "matrix products";

    public Task<Finding> RunAsync(CancellationToken cancellation)
    {
        // Asking for the version is what loads libtorch, and with it the library that is looked for.
        _ = DeviceCatalog.TorchVersion;
        string? library = LoadedLibraries.Find("libopenblas", "libmkl", "libblas");
        return Task.FromResult(library switch
        {
            null => Finding.Good(Subject, "part of libtorch"),
            _ when library.Contains("openblas", StringComparison.Ordinal) || library.Contains("mkl", StringComparison.Ordinal) => Finding.Good(Subject, library),
            _ => Finding.Improvable(Subject, $"{library}, a generic and slow BLAS", "apt-get install -y libopenblas0-serial"),
        });
    }
}
