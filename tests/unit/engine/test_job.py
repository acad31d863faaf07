from __future__ import annotations

import pickle

import pytest

from converter.engine.job import Input, Job, Kind
from converter.engine.run import run
from converter.errors import EngineError, InputError, UsageError
from converter.plugins import find_writer

GOOD = Input("报告.txt", "关于工作的报告\n\n一、总体要求\n坚持学习制度。\n".encode())
OTHER = Input("讲话.txt", "在大会上的讲话\n\n同志们：\n现在开会。\n".encode())
BINARY = Input("图.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)


def test_every_input_becomes_a_file_of_every_format():
    outcome = run(Job(inputs=(GOOD, OTHER), to=("html", "json")))
    assert [o.name for o in outcome.outputs] == ["报告.html", "报告.json", "讲话.html", "讲话.json"]
    assert [o.media_type for o in outcome.outputs][:2] == [
        find_writer("html").media_type,
        find_writer("json").media_type,
    ]
    assert not outcome.errors
    assert "坚持学习制度" in outcome.outputs[0].data.decode()


def test_inputs_of_one_name_do_not_overwrite_each_other():
    outcome = run(Job(inputs=(GOOD, GOOD._replace(name="甲/报告.txt")), to=("html",)))
    assert [o.name for o in outcome.outputs] == ["报告.html", "报告 (2).html"]


def test_a_broken_input_does_not_hide_the_others():
    outcome = run(Job(inputs=(GOOD, BINARY, OTHER), to=("html",)))
    assert [len(r.outputs) for r in outcome.reports] == [1, 0, 1]
    (error,) = outcome.errors
    assert isinstance(error, InputError)
    assert error.source == "图.txt"


def test_a_booklet_is_one_volume_in_the_order_of_the_inputs():
    outcome = run(
        Job(kind=Kind.BOOKLET, inputs=(OTHER, GOOD), to=("html", "json"), title="学习: 资料", author="办公室")
    )
    assert [o.name for o in outcome.outputs] == ["学习_ 资料.html", "学习_ 资料.json"]
    assert [r.name for r in outcome.reports] == ["讲话.txt", "报告.txt", "学习: 资料"]
    words = outcome.outputs[0].data.decode()
    assert words.index("现在开会") < words.index("坚持学习制度")


def test_a_booklet_is_made_of_all_its_texts_or_not_at_all():
    outcome = run(Job(kind=Kind.BOOKLET, inputs=(GOOD, BINARY), to=("html",)))
    assert not outcome.outputs
    assert [type(e) for e in outcome.errors] == [InputError]


def test_inspection_describes_each_input():
    outcome = run(Job(kind=Kind.INSPECT, inputs=(GOOD, BINARY)))
    assert outcome.reports[0].inspection["title"] == "关于工作的报告"
    assert outcome.reports[1].inspection is None
    assert len(outcome.errors) == 1


def test_script_reaches_outputs():
    (output,) = run(Job(inputs=(GOOD,), to=("html",), script="hant")).outputs
    assert "堅持學習制度" in output.data.decode()


def test_reader_options_go_to_the_readers_that_have_them():
    comma = Input("讲话.txt", "讲话\n统一思想,提高认识,推动工作。\n".encode())
    (document,) = run(Job(inputs=(comma,), to=("json",))).outputs
    job = Job(inputs=(comma, Input("讲话.json", document.data)), to=("txt",), reader_options=(("skip", "ZH201"),))
    assert ["思想,提高" in output.data.decode() for output in run(job).outputs] == [True, False]


def test_a_record_is_kept_where_it_is_asked_for():
    assert run(Job(inputs=(GOOD,), to=("html",))).reports[0].record is None
    outcome = run(Job(inputs=(GOOD, BINARY), to=("html",), record=True))
    first, second = (report.record for report in pickle.loads(pickle.dumps(outcome)).reports)
    assert first.data == GOOD.data
    assert second is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to": ("htm",)}, "Did you mean “html”"),
        ({"to": ()}, "No format"),
        ({"inputs": ()}, "no file"),
        ({"theme": "boook"}, "Did you mean “book”"),
        ({"script": "hand"}, "hans"),
        ({"options": (("no_such", 1),)}, "no option “no_such”"),
        ({"reader_options": (("skp", "ZH201"),)}, "Did you mean “skip”"),
    ],
)
def test_a_wrong_request_is_refused_as_a_whole(changes, words):
    fields = {"inputs": (GOOD,), "to": ("html",), **changes}
    with pytest.raises(UsageError) as caught:
        run(Job(**fields))
    assert words in caught.value.message.en


class Failing:
    """A writer with a fault, and how it fails."""

    def __init__(self, error):
        self.error = error

    def write(self, document, theme, options):
        raise self.error


@pytest.fixture
def html_fails(monkeypatch):
    def fail(error):
        monkeypatch.setattr(type(find_writer("html")), "write", Failing(error).write)

    return fail


def test_a_fault_of_ours_costs_one_output_and_is_told_without_its_words(html_fails):
    html_fails(KeyError("secret"))
    outcome = run(Job(inputs=(GOOD,), to=("html", "json")))
    assert [o.name for o in outcome.outputs] == ["报告.json"]
    (error,) = outcome.errors
    assert isinstance(error, EngineError)
    assert isinstance(error.__cause__, KeyError)
    assert "secret" not in str(error)


def test_lack_of_memory_ends_the_job(html_fails):
    html_fails(MemoryError())
    with pytest.raises(MemoryError):
        run(Job(inputs=(GOOD,), to=("html",)))


def test_jobs_and_outcomes_can_be_pickled():
    job = Job(inputs=(GOOD, BINARY), to=("html",), options=())
    assert pickle.loads(pickle.dumps(job)) == job
    outcome, copy = run(job), pickle.loads(pickle.dumps(run(job)))
    assert copy.outputs == outcome.outputs
    assert [str(e) for e in copy.errors] == [str(e) for e in outcome.errors]


def test_every_diagnostic_has_its_position_or_none():
    for report in run(Job(inputs=(GOOD, OTHER), to=("html",), script="hant")).reports:
        assert len(report.positions) == len(report.diagnostics)
