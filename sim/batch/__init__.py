"""Run many simulations through one layer: jobs, executors, a store of finished runs, progress, receipts."""
