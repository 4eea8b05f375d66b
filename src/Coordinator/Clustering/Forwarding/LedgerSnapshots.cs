using System.Text;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Runs as the ledger has them, for clients.</summary>
internal static class LedgerSnapshots
{
    /// <summary>A run by its record. One that nobody works on at the moment is about to start.</summary>
    /// <exception cref="RunRecordException">The record or the configuration cannot be read by this version.</exception>
    public static RunSnapshot Of(LedgerEntry entry)
    {
        string name = $"The record of run '{entry.RunId}'";
        RunDocument document = RunDocumentFile.Parse(entry.Record.Span, name);
        try
        {
            RunConfiguration configuration = RunConfigurationFile.Parse(Encoding.UTF8.GetString(entry.Configuration.Span), name);
            RunSnapshot snapshot = document.ToSnapshot(configuration, directory: "");
            return document.State == RunDocument.Paused ? snapshot with { State = RunState.Paused } : snapshot;
        }
        catch (ConfigurationException e)
        {
            throw new RunRecordException(e.Message, e);
        }
    }
}
