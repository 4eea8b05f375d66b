namespace Maml.Cluster.Tests.Surface;

/// <summary>The folder with the packages' public surfaces, which stands beside the repository rather than in it.</summary>
internal static class SharedFolder
{
    /// <summary>The repository's root.</summary>
    public static string Repository { get; } = Root();

    /// <summary>Where the surfaces are expected: <c>../shared/api</c>, as seen from the repository's root.</summary>
    public static string Surfaces { get; } = Path.GetFullPath(Path.Combine(Repository, "..", "shared", "api"));

    /// <summary>What to tell when the folder is not there.</summary>
    public static string Absence =>
        $"The public surfaces of the real packages are missing: looked for the folder {Surfaces}, beside the repository. "
        + "The stand-ins cannot be compared without it.";

    /// <summary>Whether a missing folder is a failure: nobody reads the list of skipped tests in CI.</summary>
    public static bool IsRequired { get; } =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException(
            $"No folder above {AppContext.BaseDirectory} has a Directory.Packages.props; run the tests from within the repository.");
    }
}
