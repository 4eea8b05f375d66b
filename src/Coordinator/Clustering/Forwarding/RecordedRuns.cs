using System.Text;
using Maml.Cluster.Coordinator.Clustering.Ownership;
using Maml.Cluster.Coordinator.Runs;
using Maml.Cluster.Coordinator.Runs.Recovery;
using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Clustering.Forwarding;

/// <summary>Runs that nobody works on, for clients.</summary>
internal sealed class RecordedRuns(RunRegistry runs)
{
    /// <summary>A run by its record. One that nobody works on at the moment is about to start.</summary>
    /// <exception cref="RunRecordException">The record or the configuration cannot be read by this version.</exception>
    public RunSnapshot Of(LedgerEntry entry) => Read(entry, FindDirectory(entry));

    // Who worked on a run last has its files, whose place is in no record.
    private string FindDirectory(LedgerEntry entry) =>
        runs.Find(entry.RunId)?.Snapshot is { } own && own.Epoch == entry.Epoch ? own.Directory : "";

    private static RunSnapshot Read(LedgerEntry entry, string directory)
    {
        string name = $"The record of run '{entry.RunId}'";
        RunDocument document = RunDocumentFile.Parse(entry.Record.Span, name);
        try
        {
            RunConfiguration configuration = RunConfigurationFile.Parse(Encoding.UTF8.GetString(entry.Configuration.Span), name);
            RunSnapshot snapshot = document.ToSnapshot(configuration, directory);
            return document.State == RunDocument.Paused ? snapshot with { State = RunState.Paused } : snapshot;
        }
        catch (ConfigurationException e)
        {
            throw new RunRecordException(e.Message, e);
        }
    }
}
