"""`python -m pivotgen` is `pivotgen`."""

from pivotgen.cli import run

if __name__ == "__main__":
    run()
