from sim.batch.jobs import plan_jobs, replication_seed, run_key
from sim.config.loader import load_scenario


def test_every_scenario_meets_the_same_luck_in_a_replication() -> None:
    scenarios = [load_scenario(name) for name in ("baseline", "mdt")]
    jobs = plan_jobs(scenarios, replications=3, base_seed=1, code="code")
    assert [(job.scenario.id, job.replication) for job in jobs] == [
        ("baseline", 0),
        ("mdt", 0),
        ("baseline", 1),
        ("mdt", 1),
        ("baseline", 2),
        ("mdt", 2),
    ]
    assert [job.seed for job in jobs[::2]] == [job.seed for job in jobs[1::2]]
    assert len({job.key for job in jobs}) == 6
    more = plan_jobs(scenarios, replications=4, base_seed=1, code="code")
    assert [job.key for job in more[:6]] == [job.key for job in jobs], "more replications keep the first ones"


def test_seeds_are_different_positive_and_fit_a_table() -> None:
    seeds = {replication_seed(base, replication) for base in range(30) for replication in range(30)}
    assert len(seeds) == 900
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_key_changes_with_each_of_its_parts() -> None:
    keys = {run_key("s", 1, "c"), run_key("t", 1, "c"), run_key("s", 2, "c"), run_key("s", 1, "d")}
    assert len(keys) == 4
