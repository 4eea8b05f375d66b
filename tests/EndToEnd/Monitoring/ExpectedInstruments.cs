namespace Maml.Cluster.EndToEnd.Monitoring;

/// <summary>Every instrument of this project, and those of .NET that the dashboards use.</summary>
internal static class ExpectedInstruments
{
    private const string Counter = "counter";
    private const string Gauge = "gauge";
    private const string Histogram = "histogram";

    public static IReadOnlyList<ExpectedInstrument> All { get; } =
    [
        new("maml_run_state", Gauge),
        new("maml_run_iterations", Counter),
        new("maml_run_planned_iterations", Gauge),
        new("maml_run_tasks", Counter),
        new("maml_run_meta_loss", Gauge),
        new("maml_run_meta_gradient_norm", Gauge),
        new("maml_run_learning_rate", Gauge),
        new("maml_run_query_loss", Gauge),
        new("maml_run_query_accuracy_ratio", Gauge, "ratio"),
        new("maml_run_evaluation_iteration", Gauge),
        new("maml_run_evaluation_loss", Gauge),
        new("maml_run_evaluation_loss_interval", Gauge),
        new("maml_run_evaluation_accuracy_ratio", Gauge, "ratio"),
        new("maml_run_evaluation_accuracy_interval_ratio", Gauge, "ratio"),
        new("maml_run_checkpoint_iteration", Gauge),
        new("maml_run_checkpoint_size_bytes", Gauge, "bytes"),
        new("maml_run_checkpoint_age_seconds", Gauge, "seconds"),
        new("maml_run_storage_fault", Gauge),
        new("maml_coordinator_runs", Gauge),
        new("maml_coordinator_workers", Gauge),
        new("maml_coordinator_leases_granted", Counter),
        new("maml_coordinator_leases_ended", Counter),
        new("maml_coordinator_tasks", Counter),
        new("maml_coordinator_speculation_wins", Counter),
        new("maml_coordinator_chunks_retried", Counter),
        new("maml_coordinator_workers_strikes", Counter),
        new("maml_coordinator_workers_quarantines", Counter),
        new("maml_coordinator_results_not_finite", Counter),
        new("maml_coordinator_broadcast_bytes", Counter, "bytes"),
        new("maml_coordinator_gathered_bytes", Counter, "bytes"),
        new("maml_coordinator_chunk_duration_seconds", Histogram, "seconds"),
        new("maml_coordinator_round_duration_seconds", Histogram, "seconds"),
        new("maml_coordinator_straggler_wait_seconds", Histogram, "seconds"),
        new("maml_coordinator_evaluation_duration_seconds", Histogram, "seconds"),
        new("maml_coordinator_checkpoint_duration_seconds", Histogram, "seconds"),
        new("maml_coordinator_iteration_time_seconds", Counter, "seconds"),
        new("maml_coordinator_storage_failures", Counter),
        new("maml_worker_attached", Gauge),
        new("maml_worker_chunks", Counter),
        new("maml_worker_tasks", Counter),
        new("maml_worker_chunk_duration_seconds", Histogram, "seconds"),
        new("maml_worker_device_memory_used_bytes", Gauge, "bytes"),
        new("maml_worker_device_memory_limit_bytes", Gauge, "bytes"),
        new("dotnet_process_cpu_time_seconds", Counter, "seconds"),
        new("dotnet_process_memory_working_set_bytes", Gauge, "bytes"),
        new("dotnet_gc_pause_time_seconds", Counter, "seconds"),
        new("dotnet_gc_collections", Counter),
        new("dotnet_gc_heap_total_allocated_bytes", Counter, "bytes"),
        new("dotnet_gc_last_collection_heap_size_bytes", Gauge, "bytes"),
    ];

    /// <summary>What only coordinators show that share their runs.</summary>
    public static IReadOnlyList<ExpectedInstrument> Shared { get; } =
    [
        new("maml_cluster_coordinators", Gauge),
        new("maml_cluster_workers_redirected", Counter),
        new("maml_cluster_epochs_refused", Counter),
        new("maml_cluster_take_over_duration_seconds", Histogram, "seconds"),
    ];
}
