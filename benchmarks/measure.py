"""Runs commands and measures them from outside: seconds on the clock, CPU seconds, and the most memory."""
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Measured:
    seconds: float
    cpu: float
    megabytes: float
    output: str


def run(command, env=None, cwd=None):
    """Runs a command to its end; one that fails ends the benchmark with what it said."""
    begin = time.monotonic()
    with subprocess.Popen(
        command, env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        output, error = drain(process)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - begin
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}\nended with {process.returncode}:\n{error[-2000:]}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output + error)


def drain(process):
    import threading
    errors = []
    reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))
    reader.start()
    output = process.stdout.read()
    reader.join()
    return output, errors[0]


def side_by_side(rounds, **contestants):
    """
    Runs the contestants in turn, round after round, and returns the median of each: what disturbs the machine
    disturbs all.
    """
    measured = {name: [] for name in contestants}
    for number in range(rounds):
        for name, contest in contestants.items():
            result = contest()
            measured[name].append(result)
            print(
                f"    {name}: {result.seconds:.2f} s, {result.cpu:.2f} CPU s, {result.megabytes:.0f} MB",
                file=sys.stderr,
            )
    return {
        name: Measured(
            *(
                statistics.median(getattr(result, field) for result in results)
                for field in ("seconds", "cpu", "megabytes")
            ),
            results[-1].output,
        )
        for name, results in measured.items()
    }
