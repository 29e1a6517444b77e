"""The `mujaz` command: a table of subcommands, resolved when used, and the one place where errors become exit codes.

click rather than typer, because typer carries a private copy of click, and both the lazy table and the one-line errors
rest on click's public classes.
"""

from __future__ import annotations

import importlib
import sys
import traceback
from typing import Any

import click

from translate.console import close_stdout_quietly, note, note_warnings
from translate.errors import MujazError

# name → (where it lives, what `mujaz --help` says of it); a command's module is imported only when the command is used
COMMANDS = {
    "summarize": ("summarize.command:summarize", "Summarize Arabic articles, in Arabic and English."),
    "translate": ("translate.command:translate", "Translate Arabic text into English, line by line."),
    "models": ("translate.models_command:models", "List, inspect and download models."),
    "finetune": ("eval.finetune.command:finetune", "Fine-tune a model on your own pairs."),
    "eval": ("eval.cli:evaluate", "Build reference sets, run systems, score, compare and report."),
}


class LazyGroup(click.Group):
    """A click group whose commands are imported on use, so that `mujaz --help` loads none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command; None when there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"mujaz {version('mujaz')}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Show the version and exit.")
@click.option("--debug", is_flag=True, expose_value=False, help="Show a traceback when something goes wrong (works anywhere on the line).")
def cli() -> None:
    """Arabic news in brief: an Arabic summary and an English one, with the source of every sentence."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command and end the process with its exit code (0 all done, 1 some inputs failed, 2 unusable)."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    debug = "--debug" in options
    note_warnings("translate", "summarize", "eval")
    arguments = [argument for place, argument in enumerate(arguments) if argument != "--debug" or place >= len(options)]
    try:
        code = _run(arguments)
    except Exception as error:
        if debug:
            traceback.print_exc()
        if isinstance(error, MujazError):
            note(str(error))
        elif not debug:
            note(f"unexpected error: {type(error).__name__}: {error}; please report it with what `--debug` shows")
        code = getattr(error, "exit_code", 2)
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    try:
        # Not cli.main(): even without its standalone mode it ends the process with code 1 when a pipe is closed.
        with cli.make_context("mujaz", list(arguments)) as context:
            result: Any = cli.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help(), err=True)
        return 2
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "mujaz"
        note(f"{error.format_message().rstrip('.')}; see `{command} --help`")
        return 2
    except click.ClickException as error:
        note(error.format_message())
        return 2
    except (click.Abort, KeyboardInterrupt):
        note("interrupted")
        return 130
    except BrokenPipeError:
        close_stdout_quietly()
        return 0
    return result if isinstance(result, int) else 0
