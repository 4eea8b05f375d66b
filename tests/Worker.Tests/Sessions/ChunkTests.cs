using Maml.Cluster.Protos.V1;
using Maml.Cluster.Shared.Configuration;
using Maml.Cluster.Shared.Parameters;
using Maml.Cluster.Shared.Tasks;
using Maml.Cluster.Worker.Learning;
using Maml.Cluster.Worker.Tasks;
using Maml.Cluster.Worker.Tests.Support;
using TorchSharp;
using InlineTask = Maml.Cluster.Shared.Tasks.InlineTask;
using LogisticTask = Maml.Cluster.Protos.V1.LogisticTask;

namespace Maml.Cluster.Worker.Tests.Sessions;

public sealed class ChunkTests
{
    private readonly Problem _problem = new(Runs.Sinusoid, 3);

    [Fact]
    public async Task Attach_Hello_SaysWhoItIs()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        attachment.Hello.ProtocolVersion.ShouldBe(1u);
        attachment.Hello.Name.ShouldBe("tester");
        attachment.Hello.Device.ShouldBe("cpu");
        attachment.Hello.ChunkSlots.ShouldBe(2u);
        attachment.Hello.TorchVersion.ShouldNotBeEmpty();
        attachment.Hello.ProcessId.ShouldBe((uint)Environment.ProcessId);
    }

    [Fact]
    public async Task Chunk_MetaGradient_IsAnsweredWithItsSumAndCurves()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        await attachment.LeaseAsync(_problem, 77, steps: 2);
        (ChunkResult result, float[] gradient) = await attachment.NextResultAsync();
        (result.LeaseId, result.RunId, result.Iteration, result.ChunkIndex).ShouldBe((77ul, "run", 12ul, 3u));
        Vectors.RelativeError(Vectors.ToDouble(gradient), _problem.Gradient(torch.float64, 2)).ShouldBeLessThan(1e-4);
        result.Curves.Count.ShouldBe(3);
        result.Curves.ShouldAllBe(curve => curve.Loss.Count == 2 && curve.Accuracy.Count == 0);
        result.Timings.ComputeSeconds.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(GradientPrecision.BFloat16, 1e-2)]
    [InlineData(GradientPrecision.Float16, 1e-3)]
    public async Task Chunk_ReducedPrecision_IsAnsweredAsTheRunIsConfigured(GradientPrecision precision, double tolerance)
    {
        var problem = new Problem(Runs.Sinusoid with { Outer = Runs.Sinusoid.Outer with { GradientPrecision = precision } }, 3);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(problem);
        await attachment.LeaseAsync(problem, 77, steps: 2);
        (_, float[] gradient) = await attachment.NextResultAsync(precision);
        Vectors.RelativeError(Vectors.ToDouble(gradient), problem.Gradient(torch.float64, 2)).ShouldBeInRange(1e-6, tolerance);
    }

    [Fact]
    public async Task Chunk_MetaGradient_SaysWhereItsTimeWent()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        await attachment.LeaseAsync(_problem, 77, steps: 2);
        ChunkTimings timings = (await attachment.NextResultAsync()).Result.Timings;
        float[] phases = [timings.InnerStepsSeconds, timings.QuerySeconds, timings.MetaGradientSeconds];
        phases.ShouldAllBe(seconds => seconds > 0);
        phases.Sum().ShouldBeInRange(timings.ComputeSeconds / 2, timings.ComputeSeconds * 1.0001f);
        timings.EncodingSeconds.ShouldBeGreaterThan(0);
        timings.SamplingSeconds.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Chunk_Adaptation_IsAnsweredWithCurvesFromTheStart()
    {
        var problem = new Problem(Runs.Logistic, 2);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(problem);
        await attachment.LeaseAsync(problem, 5, ChunkPurpose.Adaptation, steps: 4);
        (ChunkResult result, float[] gradient) = await attachment.NextResultAsync();
        gradient.ShouldBeEmpty();
        result.Curves.ShouldAllBe(curve => curve.Loss.Count == 5 && curve.Accuracy.Count == 5);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("logistic")]
    [InlineData("conv4-stride")]
    public async Task Chunk_Prediction_IsAnsweredWithWhatADrawnTaskGives(string model)
    {
        var problem = new Problem(Runs.Named(model), 1);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        RunSpecification specification = Attachment.Specification(problem);
        specification.DataSetHash = "";
        await attachment.SendAsync(new() { Run = specification });
        foreach (VectorFrame frame in VectorFraming.Cut("run", 1, problem.Theta)) await attachment.SendAsync(new() { Parameters = frame });

        TaskExamples drawn = TaskBuilders.Create(problem.Configuration.Tasks, problem.DataSet)
            .Build(problem.Descriptors, problem.Configuration.Tasks.Shot, problem.Configuration.Tasks.Query);
        var inline = new InlineTask(0, drawn.SupportX.Values, drawn.SupportY.Values, drawn.QueryX.Values);
        await attachment.LeaseAsync(problem, 7, ChunkPurpose.Prediction, steps: 2, change: lease =>
        {
            lease.Tasks.Clear();
            lease.Tasks.Add(TaskMessages.ToMessage(inline));
        });
        (ChunkResult result, _) = await attachment.NextResultAsync();
        result.Curves.ShouldBeEmpty();
        using var scope = torch.NewDisposeScope();
        IMetaLearner learner = MetaLearners.Create(problem.Configuration, DeviceType.CPU, torch.float32);
        float[] expected = HostCopy.ToArray(learner.ComputeOutputs(problem.ThetaTensor(torch.float32), problem.Batch(torch.float32), 2));
        result.Outputs.Single().Values.ShouldBe(expected, 1e-5);
    }

    [Fact]
    public async Task Chunk_PredictionThatCannotBe_SaysWhy()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        var problem = new Problem(Runs.Omniglot(Downsample.Stride), 1);
        RunSpecification specification = Attachment.Specification(problem);
        specification.DataSetHash = "";
        await attachment.SendAsync(new() { Run = specification });
        foreach (VectorFrame frame in VectorFraming.Cut("run", 1, problem.Theta)) await attachment.SendAsync(new() { Parameters = frame });
        ulong next = 0;
        await ExpectFailureAsync(new(0, new float[784], [0, 1], new float[784]), "2 labels for 1 support examples");
        await ExpectFailureAsync(new(0, new float[784], [3], new float[784]), "the label 3; the model tells 3 apart");
        await ExpectFailureAsync(new(0, new float[784], [0], []), "A query set brings 0 numbers; expected 784 an example");
        await ExpectFailureAsync(new(0, new float[783], [0], new float[784]), "A support set brings 783 numbers");

        async Task ExpectFailureAsync(InlineTask task, string reason)
        {
            await attachment.LeaseAsync(problem, ++next, ChunkPurpose.Prediction, change: lease =>
            {
                lease.Tasks.Clear();
                lease.Tasks.Add(TaskMessages.ToMessage(task));
            });
            (await attachment.NextFailureAsync()).Reason.ShouldContain(reason);
        }
    }

    [Fact]
    public async Task Chunk_ThatCannotBe_FailsAloneAndSaysWhy()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        ulong lease = 100;
        await ExpectFailureAsync(chunk => chunk.RunId = "other", "run 'other' was not specified");
        await ExpectFailureAsync(chunk => chunk.ParametersVersion = 9, "version 9 of θ is not here");
        await ExpectFailureAsync(chunk => chunk.Purpose = ChunkPurpose.Unspecified, "purpose");
        await ExpectFailureAsync(chunk => chunk.InnerSteps = 0, "0 inner steps");
        await ExpectFailureAsync(chunk => chunk.Shot = 0, "0 support examples");
        await ExpectFailureAsync(chunk => chunk.Tasks.Clear(), "no tasks");
        await ExpectFailureAsync(chunk => chunk.Tasks[0].ClearKind(), "no kind");
        await ExpectFailureAsync(chunk => chunk.Tasks[0].Logistic = new LogisticTask(), "is a LogisticTask");
        await attachment.LeaseAsync(_problem, 2);
        (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(2ul);

        async Task ExpectFailureAsync(Action<ChunkLease> change, string reason)
        {
            // Never the same twice: it is held until just after its answer.
            await attachment.LeaseAsync(_problem, ++lease, change: change);
            ChunkFailure failure = await attachment.NextFailureAsync();
            failure.LeaseId.ShouldBe(lease);
            failure.Reason.ShouldContain(reason);
        }
    }

    [Fact]
    public async Task Chunk_OfARunThatCannotBe_Fails()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        RunSpecification specification = Attachment.Specification(_problem);
        specification.ParameterCount++;
        await attachment.SendAsync(new() { Run = specification });
        await attachment.LeaseAsync(_problem, 1);
        (await attachment.NextFailureAsync()).Reason.ShouldContain($"its model has {_problem.Layout.Count} here");

        RunSpecification broken = Attachment.Specification(_problem);
        broken.Configuration.Inner.LearningRate = double.NaN;
        await attachment.SendAsync(new() { Run = broken });
        await attachment.LeaseAsync(_problem, 2);
        (await attachment.NextFailureAsync()).Reason.ShouldContain("learningRate");
    }

    [Fact]
    public async Task Chunk_RevokedWhileItWaits_IsNotAnswered()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        await attachment.LeaseAsync(_problem, 1, ChunkPurpose.Adaptation, steps: 1000);
        await attachment.LeaseAsync(_problem, 2);
        await attachment.SendAsync(new() { Revoked = new() { LeaseId = 2 } });
        await attachment.LeaseAsync(_problem, 3);
        (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(1ul);
        (await attachment.NextResultAsync()).Result.LeaseId.ShouldBe(3ul);
    }

    [Fact]
    public async Task Chunk_OfAForgottenRun_Fails()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var worker = new RunningWorker(coordinator.Address);
        Attachment attachment = await coordinator.AcceptAsync();
        await attachment.SpecifyAsync(_problem);
        await attachment.SendAsync(new() { Forgotten = new() { RunId = "run" } });
        await attachment.LeaseAsync(_problem, 4);
        (await attachment.NextFailureAsync()).Reason.ShouldContain("not specified");
    }

    [Fact]
    public async Task Chunk_OfTheSameRun_GivesTheSameBytesAgain()
    {
        var problem = new Problem(Runs.Sinusoid, 4);
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using var first = new RunningWorker(coordinator.Address);
        await using var second = new RunningWorker(coordinator.Address);
        var gradients = new List<float[]>();
        for (int i = 0; i < 2; i++)
        {
            Attachment attachment = await coordinator.AcceptAsync();
            await attachment.SpecifyAsync(problem);
            await attachment.LeaseAsync(problem, 1, steps: 3);
            gradients.Add((await attachment.NextResultAsync()).Gradient);
        }

        gradients[0].ShouldBe(gradients[1]);
    }
}
