// Some builds of BLAS are not safe for two threads at once (see DeviceThread), and tests compute on their own threads.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
