import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import sys, time
from pathlib import Path
from batch_fakes import Listening, fake_work, job
from sim.batch.batch import run_batch
from sim.batch.executors import local_pool
from sim.batch.store import Store

def slow_work(scenario, seed, wanted):
    if seed > 101:
        time.sleep(60)
    return fake_work(scenario, seed, wanted)

if __name__ == "__main__":
    workers, folder = int(sys.argv[1]), Path(sys.argv[2])
    jobs = [job("baseline", replication) for replication in range(6)]
    try:
        run_batch(jobs, pool=local_pool(workers), work=slow_work, progress=Listening(), store=Store(folder))
    except KeyboardInterrupt:
        print("interrupted")
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_workers_at_once_and_keeps_what_is_finished(tmp_path: Path, workers: int) -> None:
    script, runs = tmp_path / "slow.py", tmp_path / "runs"
    script.write_text(SCRIPT)
    runs.mkdir()
    root = Path(__file__).resolve().parents[2]
    started = subprocess.Popen(
        [sys.executable, str(script), str(workers), str(runs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": f"{root}:{Path(__file__).parent}"},
    )
    finished = [runs / "baseline-100" / "receipt.json", runs / "baseline-101" / "receipt.json"]
    for _ in range(400):
        if all(path.exists() for path in finished):
            break
        time.sleep(0.05)
    begin = time.monotonic()
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=20)
    assert time.monotonic() - begin < 15
    assert out == "interrupted\n"
    assert "Traceback" not in err
    assert sorted(path.name for path in runs.iterdir()) == ["baseline-100", "baseline-101"]
