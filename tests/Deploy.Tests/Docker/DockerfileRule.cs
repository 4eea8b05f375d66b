using System.Text.RegularExpressions;

namespace Maml.Cluster.Deploy.Tests.Docker;

/// <summary>One thing that Dockerfiles have to obey.</summary>
/// <param name="Name">What it is called; hadolint's number where it has one.</param>
/// <param name="IsObeyed">Whether a file does.</param>
/// <param name="Harm">What to replace, and by what, to break it.</param>
internal sealed partial record DockerfileRule(string Name, Func<Dockerfile, bool> IsObeyed, (string Pattern, string Replacement) Harm)
{
    public static IReadOnlyList<DockerfileRule> All { get; } =
    [
        new("pinned-base (DL3006, DL3007)", file => file.Stages.All(stage => CompleteVersion().IsMatch(file.BaseOf(stage))),
            (@"aspnet:10\.0\.12-noble$", "aspnet:10.0")),
        new("multi-stage",
            file => file.Stages.Count > 1 && file.Final.Of("COPY").All(copy => copy.StartsWith("--from=build ", StringComparison.Ordinal)),
            ("COPY --from=build /application/", "COPY src/")),
        new("no-sdk-in-the-end", file => !file.BaseOf(file.Final).Contains("/sdk:", StringComparison.Ordinal), (@"FROM \$\{RUNTIME\}", "FROM ${SDK}")),
        new("numeric-user (DL3002)",
            file => file.Final.Of("USER").LastOrDefault() is { } user && NumericUser().IsMatch(user),
            ("USER 10001:10001", "USER maml")),
        new("nothing-runs-after-user",
            file => file.Final.Instructions.SkipWhile(instruction => instruction.Name != "USER").All(instruction => instruction.Name != "RUN"),
            ("STOPSIGNAL", "RUN true\nSTOPSIGNAL")),
        new("health-check-in-exec-form",
            file => file.Final.Of("HEALTHCHECK").Single() is { } check
                && check.Contains("CMD [", StringComparison.Ordinal) && check.Contains("--health-check", StringComparison.Ordinal),
            (@"CMD \[.*\]", "CMD curl -f http://localhost:9464/health/live")),
        new("exec-form (DL3025)", file => file.Final.Of("ENTRYPOINT").Single().StartsWith('['), (@"ENTRYPOINT \[(.*)\]", "ENTRYPOINT dotnet host.dll")),
        new("stop-signal", file => file.Final.Of("STOPSIGNAL").SequenceEqual(["SIGTERM"]), ("STOPSIGNAL SIGTERM", "STOPSIGNAL SIGKILL")),
        new("no-add (DL3020)", file => file.Stages.All(stage => !stage.Of("ADD").Any()), ("COPY protos/ protos/", "ADD protos/ protos/")),
        new("absolute-workdir (DL3000)",
            file => file.Stages.All(stage => stage.Of("WORKDIR").All(folder => folder.StartsWith('/'))),
            ("WORKDIR /source", "WORKDIR source")),
        new("one-entry-point (DL4004)", file => file.Final.Of("ENTRYPOINT").Count() == 1, ("STOPSIGNAL", "ENTRYPOINT [\"x\"]\nSTOPSIGNAL")),
        new("nothing-downloaded (DL3008, DL4001)",
            file => file.Stages.SelectMany(stage => stage.Of("RUN")).All(run => !Downloads().IsMatch(run)),
            ("RUN dotnet restore", "RUN apt-get install -y curl && dotnet restore")),
        new("no-secrets",
            file => file.Stages.SelectMany(stage => stage.Of("ENV").Concat(stage.Of("ARG"))).All(text => !SecretNames().IsMatch(text)),
            ("STOPSIGNAL", "ENV MAML_TOKEN=abc\nSTOPSIGNAL")),
        new("packages-from-the-registry",
            file => file.Build.Of("ENV").Any(text => text.Contains("MamlPackages=registry", StringComparison.Ordinal)),
            ("MamlPackages=registry", "MamlPackages=compat")),
        new("restore-before-sources",
            file => file.Build.Instructions.TakeWhile(instruction => !instruction.Text.StartsWith("dotnet restore", StringComparison.Ordinal))
                .All(instruction => instruction.Text != "src/Shared/ src/Shared/"),
            ("COPY build/ build/", "COPY build/ build/\nCOPY src/Shared/ src/Shared/")),
    ];

    [GeneratedRegex(@":[0-9]+\.[0-9]+\.[0-9]+-[a-z]+\z|@sha256:[0-9a-f]{64}\z")]
    private static partial Regex CompleteVersion();

    [GeneratedRegex(@"\A[1-9][0-9]{3,}:[1-9][0-9]{3,}\z")]
    private static partial Regex NumericUser();

    [GeneratedRegex(@"\b(apt|apt-get|apk|curl|wget)\b")]
    private static partial Regex Downloads();

    [GeneratedRegex("(?i)token|secret|password")]
    private static partial Regex SecretNames();
}
