"""Run many simulations through one layer: jobs, pools, a store of finished runs, progress, receipts.

Every command that makes many runs goes the same way:

    with open_pool(workers, cluster) as pool:                         # executors: here or on a cluster
        batch = run_batch(jobs, pool=pool, work=simulate_and_measure, store=store, progress=progress)
    for result in batch.results:
        result.table("outcomes")                                      # read when asked for
    batch.failures                                                    # never hide them

`jobs` come from `plan_jobs`, or are built from any scenarios and seeds with `run_key`; jobs with the same key are run
once. `Store(folder, shared)` keeps each run at once and takes over what other commands have made; without a store
results are held in memory. `LeavesWord` lets `mellanrum status` look on. Commands that have an output folder use
`sim.cli.batch_jobs.AtWork.run_jobs`, which adds what happens at Ctrl-C, on a full disk and when a cluster is lost.
"""
