"""Lines that play a part of their own: salutation, closing, signature, date, subtitle."""

from __future__ import annotations

import re

from converter.text.numerals import COUNTING

_SALUTATION = re.compile(
    r"(?:(?:尊敬的|敬爱的|敬愛的|亲爱的|親愛的)[^，,。：:]{1,20}|各位[^，,。：:]{0,20}"
    r"|[^，,。：:]{0,12}(?:同志|代表|委员|委員|领导|領導|朋友|女士|先生|同学|同學|老师|老師|来宾|來賓|乡亲|鄉親)们?們?"
    r"(?:[、，,][^，,。：:]{1,12}){0,4})[：:]"
)
_CLOSING = re.compile(
    r"(?:我的(?:发言|發言|讲话|講話|汇报|匯報)(?:完了|到此结束|到此結束)[，,。])?"
    r"(?:谢谢|謝謝)(?:大家|各位)?[！!。]?|特此(?:通知|报告|報告|公告|通告|批复|批復|函复|函復|函告|证明|證明)[。！!]?|此致|敬礼[！!]|敬禮[！!]"
)
_Y, _MD = rf"(?:[0-9０-９]{{4}}|[{COUNTING}○О]{{4}})", rf"(?:[0-9０-９]{{1,2}}|[{COUNTING}]{{1,3}})"
_DATE = re.compile(rf"{_Y}\s?年\s?{_MD}\s?月(?:\s?{_MD}\s?日)?|[0-9]{{4}}([-./])[0-9]{{1,2}}\1[0-9]{{1,2}}")
_SUBTITLE = re.compile(r"(?:——|--|—|──)\S.{2,50}")
_ENDS_SENTENCE = re.compile(r"[。！？；：，、!?;:,…]$")


def is_salutation(line: str) -> bool:
    """Whether the whole line greets or addresses: 同志们： 各位代表："""
    return bool(_SALUTATION.fullmatch(line))


def is_closing(line: str) -> bool:
    """Whether the whole line closes a speech or a document: 谢谢大家！ 特此通知。"""
    return bool(_CLOSING.fullmatch(line))


def is_date(line: str) -> bool:
    """Whether the whole line is a date: 2012年7月11日, 二〇一〇年十一月二日, 2012-7-11."""
    return bool(_DATE.fullmatch(line))


def is_subtitle(line: str) -> bool:
    """Whether a line below a title continues it after a dash: ——在全市工作会议上的讲话."""
    return bool(_SUBTITLE.fullmatch(line)) and not ends_sentence(line)


def is_signature(line: str, following: str) -> bool:
    """Whether a line is the name above a date: short, and no sentence."""
    return is_date(following) and len(line) <= 24 and not ends_sentence(line)


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a mark that a heading or a name does not end with."""
    return bool(_ENDS_SENTENCE.search(line))
