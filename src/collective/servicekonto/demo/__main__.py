"""The command ``python -m collective.servicekonto.demo``."""

from argparse import ArgumentParser
from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.demo.server import start
from pathlib import Path


def main() -> None:
    """Read the arguments and start the demo."""
    parser = ArgumentParser(prog="python -m collective.servicekonto.demo")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("start", help="serve the demo town until Ctrl-C")
    command.add_argument("--port", type=int, default=8080)
    command.add_argument("--var", type=Path, default=Path("var"))
    arguments = parser.parse_args()
    start(Instance(var=arguments.var.resolve(), port=arguments.port))


if __name__ == "__main__":
    main()
