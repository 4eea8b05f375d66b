using System.Text.RegularExpressions;
using System.Xml.Linq;
using Maml.Cluster.Deploy.Tests.Support;

namespace Maml.Cluster.Deploy.Tests.Docker;

public sealed class DockerfileTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string name in Dockerfile.Names)
            foreach (DockerfileRule rule in DockerfileRule.All)
                cases.Add(name, rule.Name);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Dockerfile_EveryRule_IsObeyedAndABreakOfItIsSeen(string name, string ruleName)
    {
        DockerfileRule rule = DockerfileRule.All.Single(rule => rule.Name == ruleName);
        string text = File.ReadAllText(Dockerfile.PathOf(name));
        rule.IsObeyed(Dockerfile.Parse(text)).ShouldBeTrue();
        string broken = Regex.Replace(text, rule.Harm.Pattern, rule.Harm.Replacement.Replace("$", "$$"), RegexOptions.Multiline);
        broken.ShouldNotBe(text);
        rule.IsObeyed(Dockerfile.Parse(broken)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("coordinator", "Coordinator")]
    [InlineData("worker", "Worker")]
    public void Dockerfile_ProjectsThatAreBuilt_AreCopiedBeforeTheRestore(string name, string project)
    {
        string before = string.Join('\n', Dockerfile.Load(name).Build.Instructions
            .TakeWhile(instruction => !instruction.Text.StartsWith("dotnet restore", StringComparison.Ordinal)).Select(instruction => instruction.Text));
        foreach (string needed in Closure(Repository.At("src", project, $"Maml.Cluster.{project}.csproj")).Select(file => Path.GetRelativePath(Repository.Root, file)))
            before.ShouldContain($"{needed} {Path.GetDirectoryName(needed)}/");
    }

    [Theory]
    [InlineData("coordinator")]
    [InlineData("worker")]
    public void Dockerfile_WhatIsCopied_IsLeftInByTheIgnoreFile(string name)
    {
        string[] kept = [.. File.ReadAllLines(Repository.At(".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..])];
        foreach (string source in Dockerfile.Load(name).Build.Of("COPY").SelectMany(copy => copy.Split(' ')[..^1]))
        {
            Directory.GetFileSystemEntries(Path.GetDirectoryName(Repository.At(source.TrimEnd('/')))!, Path.GetFileName(source.TrimEnd('/'))).ShouldNotBeEmpty(source);
            kept.ShouldContain(pattern => source.TrimEnd('/') == pattern || source.StartsWith(pattern + "/", StringComparison.Ordinal), source);
        }
    }

    [Fact]
    public void Dockerfiles_UserPortsAndVersion_AreThoseOfTheManifests()
    {
        string version = XDocument.Load(Repository.At("Directory.Build.props")).Descendants("Version").Single().Value;
        ComposeFile.Variables["MAML_VERSION"].ShouldBe(version);
        foreach (var (owner, pod) in Manifests.Base().Pods())
        {
            string name = owner.Text("metadata.name")!.Contains("worker", StringComparison.Ordinal) ? "worker" : "coordinator";
            Dockerfile file = Dockerfile.Load(name);
            var container = pod.Items("spec.containers").Single();
            file.Final.Of("USER").Last().ShouldBe($"{pod.Text("spec.securityContext.runAsUser")}:{pod.Text("spec.securityContext.runAsGroup")}");
            file.Final.Of("EXPOSE").Single().Split(' ').ShouldBe(container.Items("ports").Select(port => port.Text("containerPort")));
            container.Text("image")!.Split(':')[1].ShouldBe(version);
            owner.At("metadata.labels").Key("app.kubernetes.io/version")!.ToString().ShouldBe(version);
        }
    }

    private static IEnumerable<string> Closure(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .SelectMany(reference => Closure(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value)))).Prepend(project).Distinct();
}
