"""Run the command line as `python -m sim`."""

from sim.cli.main import run

if __name__ == "__main__":
    run()
