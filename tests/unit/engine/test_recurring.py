from pathlib import Path

import pytest

from converter.engine.job import Input, Job, Kind
from converter.engine.recurring import recurring, with_recurring
from converter.engine.run import run

BODY = "今年以来，全县各级党组织认真落实会议精神，深入村组走访调研，解决了一批群众关心的实际问题。\n"


def page(title):
    return f"清水县门户 为民服务\n{title}\n{BODY}请支持本栏目\n".encode()


PAGES = [page(title) for title in ("春耕调查", "夏收调查", "秋收调查", "冬藏调查")]


def test_what_recurs_in_a_folder_is_known_for_each_of_its_texts():
    inputs = [Input(f"站/{n}.txt", data) for n, data in enumerate(PAGES)] + [Input("别处/一.txt", PAGES[0])]
    assert [source.chrome for source in with_recurring(inputs)] == ["清水县门户为民服务\n请支持本栏目"] * 4 + [""]


def test_two_texts_are_no_evidence_and_what_is_no_text_is_passed_over():
    assert recurring(PAGES[:2]) == []
    assert recurring([*PAGES[:2], b"\x7fELF" + bytes(99)]) == []


@pytest.mark.parametrize(
    "line",
    [
        "清水县人民政府文件",
        "清政发〔2015〕12号",
        "工作简报",
        "会议纪要",
        "（第三期）",
        "清水县人民政府办公室",
        "2015年3月2日",
        "一、总体要求",
        "各乡镇人民政府：",
        "关于做好工作的通知",
    ],
)
def test_what_documents_of_one_office_share_is_theirs(line):
    assert recurring([f"{line}\n{title}\n{BODY}".encode() for title in ("春耕调查", "夏收调查", "秋收调查")]) == []


def test_numbers_tell_lines_apart():
    assert recurring([f"调查之{n}\n{BODY}".encode() for n in range(5)]) == []


def test_a_job_on_many_texts_learns_and_says_what_it_removed():
    job = Job(inputs=tuple(Input(f"{n}.txt", data) for n, data in enumerate(PAGES)), kind=Kind.INSPECT)
    for report in run(job).reports:
        assert [line["code"] for line in report.inspection["removed"]] == ["ZH301", "ZH301"]
        assert report.title.endswith("调查")
    assert run(Job(inputs=job.inputs[:1], kind=Kind.INSPECT)).reports[0].inspection["removed"] == []


def test_convert_learns_from_the_folder_that_it_walks(tmp_path):
    from click.testing import CliRunner

    from converter.cli.convert import command

    for n, data in enumerate(PAGES):
        (tmp_path / f"{n}.txt").write_bytes(data)
    (tmp_path / "out").mkdir()
    CliRunner().invoke(command, [str(tmp_path), "--to", "txt", "-o", str(tmp_path / "out")])
    assert "支持本栏目" not in Path(tmp_path / "out" / "0.txt").read_text("utf-8")


def test_lines_of_a_site_may_be_named(tmp_path):
    from click.testing import CliRunner

    from converter.cli.convert import command

    (tmp_path / "0.txt").write_bytes(PAGES[0])
    (tmp_path / "chrome.txt").write_text("清水县门户　为民服务\n", "utf-8")
    out = tmp_path / "out.txt"
    CliRunner().invoke(command, [str(tmp_path / "0.txt"), "-o", str(out), "--chrome", str(tmp_path / "chrome.txt")])
    assert ("为民服务" in out.read_text("utf-8"), "支持本栏目" in out.read_text("utf-8")) == (False, True)
