"""What click says of a wrong command line, as one sentence in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from converter.errors import Message, UsageError

if TYPE_CHECKING:
    from click import ParamType


def said(error: click.ClickException) -> UsageError:
    """The same error as one of ours, with where to read on."""
    en, zh = _message(error)
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "converter COMMAND"
    return UsageError(f"{en} See {path} --help.", f"{zh}用法见 {path} --help。")


def _message(error: click.ClickException) -> Message:
    told = error.format_message()
    if isinstance(error, click.NoSuchOption):
        near = ", ".join(error.possibilities or ())
        guess = Message(f" Did you mean {near}?", f"是否指 {near}？") if near else Message("", "")
        return Message(
            f"There is no option {error.option_name}.{guess.en}", f"没有选项 {error.option_name}。{guess.zh}"
        )
    if isinstance(error, click.BadOptionUsage):
        needs = "requires" in told
        name = error.option_name
        return Message(
            f"The option {name} {'needs a' if needs else 'takes no'} value.",
            f"选项 {name} {'后面要写值' if needs else '后面不能写值'}。",
        )
    if isinstance(error, click.BadParameter) and error.param:
        return _of_parameter(error, error.param)
    if extra := re.search(r"unexpected extra arguments? \((.*)\)", told):
        return Message(f"There is an argument too many: {extra[1]}.", f"多了参数：{extra[1]}。")
    return Message(told, told)


def _of_parameter(error: click.BadParameter, parameter: click.Parameter) -> Message:
    is_option = isinstance(parameter, click.Option)
    name = parameter.opts[0] if is_option else parameter.make_metavar(error.ctx or click.Context(click.Command("")))
    if isinstance(error, click.MissingParameter):
        kind = Message("option", "选项") if is_option else Message("argument", "参数")
        return Message(f"The {kind.en} {name} is missing.", f"缺少{kind.zh} {name}。")
    wanted = _wanted(parameter.type)
    if wanted:
        return Message(f"{name} must be {wanted.en}.", f"{name} 应为{wanted.zh}。")
    return Message(f"{name}: {error.message}", f"{name}：{error.message}")


def _wanted(kind: ParamType[Any]) -> Message | None:
    whole = isinstance(kind, click.IntRange) or kind is click.INT
    if not whole and kind is not click.FLOAT and not isinstance(kind, click.FloatRange):
        return None
    en, zh = ("a whole number", "整数") if whole else ("a number", "数字")
    least, most = (kind.min, kind.max) if isinstance(kind, click.IntRange | click.FloatRange) else (None, None)
    if least is not None and most is not None:
        return Message(f"{en} from {least} to {most}", f" {least} 到 {most} 的{zh}")
    if least is not None:
        return Message(f"{en} from {least} up", f"不小于 {least} 的{zh}")
    return Message(en, zh)
