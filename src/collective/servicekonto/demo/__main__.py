"""The command ``python -m collective.servicekonto.demo``."""

from argparse import ArgumentParser
from collective.servicekonto.demo.instance import Instance
from collective.servicekonto.demo.server import start
from pathlib import Path


def main() -> None:
    """Read the arguments and start the demo."""
    parser = ArgumentParser(prog="python -m collective.servicekonto.demo")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("start", help="serve the demo town until Ctrl-C")
    serve.set_defaults(run=start)
    card = commands.add_parser(
        "ausweisapp", help="run Debian's AusweisApp with a test card until Ctrl-C"
    )
    card.set_defaults(run=_run_ausweisapp)
    for command in (serve, card):
        command.add_argument("--port", type=int, default=8080)
        command.add_argument("--var", type=Path, default=Path("var"))
    arguments = parser.parse_args()
    arguments.run(Instance(var=arguments.var.resolve(), port=arguments.port))


def _run_ausweisapp(instance: Instance) -> None:
    # It needs the extra “eid-test”, which the town does not.
    from collective.servicekonto.demo.ausweisapp import run

    run(instance)


if __name__ == "__main__":
    main()
