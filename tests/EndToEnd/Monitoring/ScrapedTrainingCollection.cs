namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>The tests that share one training.</summary>
[CollectionDefinition(nameof(ScrapedTraining))]
public sealed class ScrapedTrainingCollection : ICollectionFixture<ScrapedTraining>;
