"""Run Airflow commands in one process: `run_airflow_commands.py db migrate ';' pools list ';'`."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def split_commands(words: Sequence[str]) -> list[list[str]]:
    """Argument lists of the commands in `words`, each ended by a ";"."""
    commands: list[list[str]] = [[]]
    for word in words:
        if word == ";":
            commands.append([])
        else:
            commands[-1].append(word)
    return [command for command in commands if command]


def run_airflow_commands(commands: Sequence[Sequence[str]]) -> None:
    """Run each command as `airflow <words>` would. Raises what the command raises, SystemExit included."""
    from airflow.cli.cli_parser import get_parser

    parser = get_parser()
    for command in commands:
        arguments = parser.parse_args(command)
        arguments.func(arguments)


if __name__ == "__main__":
    run_airflow_commands(split_commands(sys.argv[1:]))
