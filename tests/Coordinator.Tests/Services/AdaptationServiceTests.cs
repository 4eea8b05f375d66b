using Grpc.Core;
using Maml.Cluster.Coordinator.Tests.Support;
using Maml.Cluster.Protos.V1;

namespace Maml.Cluster.Coordinator.Tests.Services;

public sealed class AdaptationServiceTests
{
    private static readonly Metadata NoHeaders = [];

    [Fact]
    public async Task Adapt_Regression_GivesTheNumbersOfTheWorker()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run run = await coordinator.TrainAsync(Configurations.Sinusoid());
        AdaptResponse response = await AdaptAsync(coordinator, Regression(run.RunId));
        response.Predictions.Select(prediction => prediction.Number).ShouldBe([2f, -3f]);
        (response.RunId, response.Iteration, response.InnerSteps).ShouldBe((run.RunId, 5UL, 3U));
        response.Labels.ShouldBeEmpty();
        await worker.WaitForForgottenAsync($"{run.RunId}/adaptation-1");
    }

    [Fact]
    public async Task Adapt_WhileTheRunTrains_GivesLabelsAndProbabilities()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run run = await coordinator.StartRunAsync(Configurations.Logistic(iterations: 1_000_000));
        AdaptResponse response = await AdaptAsync(coordinator, Classification(run.RunId, "left", "right"));
        response.Labels.ShouldBe(["left", "right"]);
        response.Predictions.Select(prediction => prediction.Label).ShouldBe(["right", "left"]);
        response.Predictions.ShouldAllBe(prediction => Math.Abs(prediction.Probabilities.Sum() - 1) < 1e-6);
        response.Predictions[0].Probabilities[1].ShouldBe(1 / (1 + MathF.Exp(-2)), 1e-6f);
        run = await coordinator.Runs.StopRunAsync(new StopRunRequest { RunId = run.RunId });
        run.State.ShouldBe(RunState.Stopped, coordinator.Log.Text);
    }

    [Fact]
    public async Task Adapt_WorkerDiesWithTheChunk_AnotherAnswers()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        Run run = await TrainAsync(coordinator);
        var taken = new TaskCompletionSource();
        CannedWorker first = await CannedWorker.AttachAsync(coordinator.Address, "dies", interfere: (worker, _) =>
        {
            taken.TrySetResult();
            return Task.FromResult(true);
        });
        Task<AdaptResponse> answer = AdaptAsync(coordinator, Regression(run.RunId));
        await taken.Task.WaitAsync(TimeSpan.FromMinutes(1));
        first.Break();
        await using CannedWorker second = await CannedWorker.AttachAsync(coordinator.Address, "lives");
        (await answer).Predictions.Count.ShouldBe(2);
        second.Chunks.ShouldBe(1);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Adapt_AnswerOfTheWrongLength_GoesToAnotherWorker()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        Run run = await TrainAsync(coordinator);
        await using CannedWorker liar = await CannedWorker.AttachAsync(coordinator.Address, "liar", interfere: async (worker, lease) =>
        {
            ChunkResult result = CannedLearning.Predict(lease, isClassification: false);
            result.Outputs[0].Values.Add(1);
            await worker.SendAsync(new WorkerMessage { Result = result });
            return true;
        });
        Task<AdaptResponse> answer = AdaptAsync(coordinator, Regression(run.RunId));
        await using CannedWorker honest = await CannedWorker.AttachAsync(coordinator.Address, "honest");
        (await answer).Predictions.Select(prediction => prediction.Number).ShouldBe([2f, -3f]);
    }

    [Fact]
    public async Task Adapt_ClientGoesAway_GivesUpTheChunk()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        Run run = await TrainAsync(coordinator);
        var taken = new TaskCompletionSource();
        await using CannedWorker slow = await CannedWorker.AttachAsync(coordinator.Address, "slow", interfere: (worker, _) =>
        {
            taken.TrySetResult();
            return Task.FromResult(true);
        });
        using var client = new CancellationTokenSource();
        AsyncUnaryCall<AdaptResponse> call = coordinator.Adaptations.AdaptAsync(Regression(run.RunId), NoHeaders, cancellationToken: client.Token);
        await taken.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await client.CancelAsync();
        await Should.ThrowAsync<RpcException>(async () => await call);
        await slow.WaitForForgottenAsync($"{run.RunId}/adaptation-1");
    }

    [Fact]
    public async Task Adapt_ChoiceOfCheckpoint_IsFollowed()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address);
        Run run = await coordinator.TrainAsync(Configurations.Sinusoid());
        AdaptRequest request = Regression(run.RunId);
        (request.Choice, request.Iteration) = (ParametersChoice.Iteration, 4);
        (await AdaptAsync(coordinator, request)).Iteration.ShouldBe(4UL);
        request.Choice = ParametersChoice.Newest;
        (await AdaptAsync(coordinator, request)).Iteration.ShouldBe(5UL);
        request.Choice = ParametersChoice.Best;
        (await AdaptAsync(coordinator, request)).Iteration.ShouldBe(5UL, "no other was evaluated");
        (request.Choice, request.Iteration) = (ParametersChoice.Iteration, 3);
        Status missing = (await Should.ThrowAsync<RpcException>(() => AdaptAsync(coordinator, request))).Status;
        missing.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        missing.Detail.ShouldContain("iteration 3");
        request = Regression("");
        (request.Checkpoint, request.Choice) = ($"{run.RunId}/checkpoints/iteration-000000004.safetensors", ParametersChoice.Best);
        (await Should.ThrowAsync<RpcException>(() => AdaptAsync(coordinator, request))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        request.Choice = ParametersChoice.Unspecified;
        (await AdaptAsync(coordinator, request)).Iteration.ShouldBe(4UL);
    }

    [Fact]
    public async Task Adapt_WhatDoesNotFit_IsInvalidArgumentWithAllFaults()
    {
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync();
        Run run = await coordinator.StartRunAsync(Configurations.Logistic());
        AdaptRequest request = Classification(run.RunId, "a", "b", "c");
        request.Support[0].Number = 1;
        request.Support[1].Label = "";
        request.Support[2].Example.Vector.Values.Clear();
        request.Query[0] = new Example { Png = Google.Protobuf.ByteString.CopyFromUtf8("none") };
        request.Query[1] = new Example();
        Status status = (await Should.ThrowAsync<RpcException>(() => AdaptAsync(coordinator, request))).Status;
        status.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        foreach (string field in new[] { "support[0]", "support[1]", "support[2]", "query[0]", "query[1]" }) status.Detail.ShouldContain(field);
        foreach (AdaptRequest bad in new[] { new AdaptRequest(), new AdaptRequest { RunId = run.RunId }, new AdaptRequest { RunId = run.RunId, InnerSteps = 1001 } })
            (await Should.ThrowAsync<RpcException>(() => AdaptAsync(coordinator, bad))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        (await Should.ThrowAsync<RpcException>(() => AdaptAsync(coordinator, Regression("no-such")))).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    private static async Task<Run> TrainAsync(TestCoordinator coordinator)
    {
        await using CannedWorker worker = await CannedWorker.AttachAsync(coordinator.Address, "trainer");
        return await coordinator.TrainAsync(Configurations.Sinusoid());
    }

    private static async Task<AdaptResponse> AdaptAsync(TestCoordinator coordinator, AdaptRequest request) =>
        await coordinator.Adaptations.AdaptAsync(request, deadline: DateTime.UtcNow.AddMinutes(1));

    private static AdaptRequest Regression(string runId) => new()
    {
        RunId = runId,
        Support = { new SupportExample { Example = Vector(0.5f), Number = 1 } },
        Query = { Vector(1), Vector(-1.5f) },
    };

    private static AdaptRequest Classification(string runId, params string[] labels) => new()
    {
        RunId = runId,
        Support = { labels.Select(label => new SupportExample { Example = Features(1), Label = label }) },
        Query = { Features(1), Features(-1) },
    };

    private static Example Features(float first) => Vector([first, .. new float[49]]);

    private static Example Vector(params float[] values) => new() { Vector = new FeatureVector { Values = { values } } };
}
