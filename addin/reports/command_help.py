"""click's commands and their help in the language of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from addin.catalogue import Catalogue

__all__ = ["LocalCommand", "LocalGroup", "usage_sentence"]


class _Local:
    """Writes usage, options and the help option in one language."""

    words: Catalogue
    name: str | None

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]  # click.Command's
        prefix = self.words.text("cli", "layout", "usage")
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=prefix)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        params = self.get_params(ctx)  # type: ignore[attr-defined]  # click.Command's
        options = [param for param in params if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        if records:
            with formatter.section(self.words.text("cli", "layout", "options")):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option:
        def show(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's shape
            if value and not context.resilient_parsing:
                click.echo(context.get_help(), color=context.color)
                context.exit()

        names = self.get_help_option_names(ctx)  # type: ignore[attr-defined]  # click.Command's
        text = self.words.text("cli", "help", "help")
        return click.Option(names, is_flag=True, is_eager=True, expose_value=False, callback=show, help=text)


class LocalCommand(_Local, click.Command):
    """A command with its help in one language."""

    def __init__(self, words: Catalogue, **settings: Any) -> None:
        self.words = words
        super().__init__(**settings)


class LocalGroup(_Local, click.Group):
    """A group of commands with its help in one language."""

    def __init__(self, words: Catalogue, **settings: Any) -> None:
        self.words = words
        super().__init__(**settings)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands with the first sentence of their help."""
        super().format_options(ctx, formatter)
        records = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None:
                records.append((name, (command.help or "").partition("\n")[0]))
        with formatter.section(self.words.text("cli", "layout", "commands")):
            formatter.write_dl(records)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a first day rather than of the alphabet."""
        del ctx
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say in one sentence that there is none."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            sentence = self.words.text("cli", "usage", "no_command", command=args[0])
            raise click.UsageError(sentence, ctx)
        return super().resolve_command(ctx, args)


def usage_sentence(error: click.UsageError, words: Catalogue) -> str:
    """Say what is wrong with a command line, and where its help is."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.message  # the help itself
    context = error.ctx
    command = context.command_path if context is not None else "clientscore"
    return f"{_what(error, words)} {words.text('cli', 'usage', 'try', command=command)}"


def _what(error: click.UsageError, words: Catalogue) -> str:
    def say(key: str, **details: object) -> str:
        return words.text("cli", "usage", key, **details)

    match error:
        case click.NoSuchOption():
            return say("no_option", option=error.option_name)
        case click.MissingParameter(param=param) if param is not None:
            return say("missing", name=_name(param))
        case click.BadParameter(param=param) if param is not None:
            choices: Sequence[object] = getattr(param.type, "choices", ())
            given = error.message.partition("'")[2].partition("'")[0]
            return (
                say("value", value=given, name=_name(param), choices=list(choices))
                if choices
                else say("other")
            )
        case click.BadOptionUsage():
            return say("missing", name=error.option_name)
    if isinstance(error.ctx, click.Context) and isinstance(error.ctx.command, LocalGroup):
        return error.message  # already a sentence of ours
    extra = error.message.partition("(")[2].rstrip(")") or error.message
    return say("extra", extra=extra)


def _name(param: click.Parameter) -> str:
    return (
        param.make_metavar(click.Context(click.Command(None)))
        if isinstance(param, click.Argument)
        else param.opts[0]
    )
