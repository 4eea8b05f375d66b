namespace Maml.Cluster.Coordinator.Storage.Postgres;

/// <summary>The database can be reached, but has not the tables that are needed: waiting is of no use. The message says what is.</summary>
internal sealed class DatabaseSchemaException(string message) : Exception(message);
