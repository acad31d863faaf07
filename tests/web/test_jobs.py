from __future__ import annotations

import io
import json
import subprocess
import sys
import time
import zipfile

import pytest
from web.service import REPORT, begin, ended, post, problem, running

import converter
from converter.web.logs import JsonFormatter
from converter.web.settings import Settings, from_environment, to_environment

BINARY = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def test_a_job_from_its_beginning_to_its_result(service):
    place = begin(service, ("报告.txt", REPORT), to="txt")
    said = ended(service, place)
    assert (said["state"], said["progress"], said["attempts"]) == ("succeeded", {"done": 2, "total": 2}, 1)
    response = service.get(said["links"]["result"])
    assert response.content == converter.convert(REPORT, "txt").value
    assert "filename*=UTF-8''%E6%8A%A5" in response.headers["content-disposition"]
    tag = response.headers["etag"]
    assert service.get(said["links"]["result"], headers={"If-None-Match": tag}).status_code == 304
    assert service.get(said["links"]["result"], headers={"Range": "bytes=0-2"}).status_code == 206


def test_several_outputs_are_a_zip_or_one_by_one(service):
    place = begin(service, ("报告.txt", REPORT), ("图.txt", BINARY), to="txt,md")
    said = ended(service, place)
    assert (said["state"], said["failures"]) == ("succeeded", 1)
    response = service.get(f"{place}/result")
    assert response.headers["Converter-Failures"] == "1"
    assert zipfile.ZipFile(io.BytesIO(response.content)).namelist() == ["报告.txt", "报告.md", "report.json"]
    good, bad = service.get(f"{place}/result", headers={"Accept": "application/json"}).json()["reports"]
    assert bad["errors"][0]["type"] == "/problems/unreadable-input"
    assert service.get(good["outputs"][1]["href"]).content == converter.convert(REPORT, "md").value
    problem(service.get(f"{place}/outputs/9"), 404, "not-found")


def test_a_job_that_fails_says_why(service):
    place = begin(service, ("图.txt", BINARY), to="txt")
    said = ended(service, place)
    assert (said["state"], said["problem"]["source"]) == ("failed", "图.txt")
    problem(service.get(f"{place}/result"), 422, "unreadable-input")


def test_a_text_with_a_byte_that_cannot_be_read(service):
    """Its place in the text has no UTF-8, and still every answer in JSON can tell it."""
    text = REPORT.replace("总".encode(), b"\xf5")
    place = begin(service, ("报告.txt", text), to="txt")
    assert ended(service, place)["state"] == "succeeded"
    as_json = {"Accept": "application/json"}
    for answer in (
        service.get(f"{place}/result", headers=as_json),
        post(service, "/v1/convert", ("报告.txt", text), to="txt", headers=as_json),
        post(service, "/v1/inspect?original", ("报告.txt", text)),
    ):
        report = answer.json()["reports"][0]
        assert "\udcf5" in {edit.get("before") for edit in [*report["diagnostics"], *report.get("edits", ())]}
    place = begin(service, ("报告.txt", text), ("图.txt", BINARY), to="txt")
    ended(service, place)
    assert zipfile.ZipFile(io.BytesIO(service.get(f"{place}/result").content)).namelist()[1] == "report.json"


def test_a_fault_at_the_end_of_a_job_is_its_reason(service, monkeypatch, caplog):
    def fail(*_):
        raise KeyError("secret words")

    monkeypatch.setattr("converter.web.desk.folders.finish", fail)
    said = ended(service, begin(service, ("疵.txt", REPORT), to="txt"))
    assert (said["state"], said["problem"]["type"]) == ("failed", "/problems/stopped")
    assert "KeyError" in said["problem"]["detail"]
    (record,) = [record for record in caplog.records if record.name == "converter.web.desk"]
    assert "secret" not in JsonFormatter().format(record)


def test_the_kind_of_a_job(service):
    place = begin(service, ("甲.txt", REPORT), ("乙.txt", REPORT), kind="booklet", to="txt", title="资料")
    ended(service, place)
    assert "%E8%B5%84%E6%96%99.txt" in service.get(f"{place}/result").headers["content-disposition"]
    place = begin(service, ("甲.txt", REPORT), kind="lint")
    ended(service, place)
    assert "findings" in service.get(f"{place}/result").json()["reports"][0]
    problem(post(service, "/v1/jobs", ("甲.txt", REPORT), kind="boklet", to="txt"), 400, "bad-request")
    problem(post(service, "/v1/jobs", ("甲.txt", REPORT), to="dcox"), 400, "bad-request")
    problem(service.get("/v1/jobs/none"), 404, "not-found")


def test_events_follow_a_job_to_its_end(service):
    place = begin(service, ("慢.txt", b"sleep 0.6"), to="txt")
    with service.stream("GET", f"{place}/events") as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in response.iter_lines() if line.startswith("data: ")]
    states = [json.loads(line[6:])["state"] for line in lines]
    assert states[-1] == "succeeded"
    assert len(states) > 1


def test_a_job_is_cancelled_and_a_result_removed(narrow):
    running_one = begin(narrow, ("慢.txt", b"sleep 0.9"), to="txt")
    waiting = begin(narrow, ("慢.txt", b"sleep 0.8"), to="txt")
    behind = begin(narrow, ("慢.txt", b"sleep 0.7"), to="txt")
    assert narrow.get(behind).json()["position"] == 1
    problem(narrow.get(f"{behind}/result"), 409, "not-ready")
    for place in (behind, waiting, running_one):
        assert narrow.delete(place).status_code == 204
        assert ended(narrow, place)["state"] == "cancelled"
        problem(narrow.get(f"{place}/result"), 410, "cancelled")
    done = begin(narrow, ("报告.txt", REPORT), to="txt")
    ended(narrow, done)
    assert narrow.delete(done).status_code == 204
    problem(narrow.get(done), 404, "not-found")


def test_the_same_key_is_the_same_job(service):
    key = {"Idempotency-Key": '"4711"'}
    first = begin(service, ("报告.txt", REPORT), to="txt", headers=key)
    assert begin(service, ("报告.txt", REPORT), to="txt", headers=key) == first
    problem(post(service, "/v1/jobs", ("报告.txt", REPORT), to="md", headers=key), 422, "key-reused")
    problem(post(service, "/v1/jobs", to="md", headers={"Idempotency-Key": "x" * 300}), 400, "bad-request")


def test_the_same_request_is_not_done_twice(service):
    first = begin(service, ("同.txt", REPORT), to="md")
    ended(service, first)
    again = post(service, "/v1/jobs", ("同.txt", REPORT), to="md").json()
    assert (again["state"], again["attempts"]) == ("succeeded", 0)
    results = [service.get(f"{place}/result") for place in (first, again["links"]["self"])]
    assert results[0].headers["etag"] == results[1].headers["etag"]
    assert results[0].content == results[1].content
    service.delete(first)
    assert service.get(again["links"]["result"]).content == results[0].content


def test_results_expire_and_leave_nothing(tmp_path):
    with running(workers=1, result_age=0.5, data=str(tmp_path)) as client:
        place = begin(client, ("报告.txt", REPORT), to="txt")
        ended(client, place)
        until = time.monotonic() + 30
        while client.get(place).status_code == 200 and time.monotonic() < until:
            time.sleep(0.1)
        problem(client.get(place), 404, "not-found")
        assert not list((tmp_path / "jobs").iterdir())


def test_too_many_jobs_and_no_room():
    with running(workers=1, max_jobs=1) as client:
        begin(client, ("慢.txt", b"sleep 1"), to="txt")
        time.sleep(0.4)  # it runs
        begin(client, ("慢.txt", b"sleep 0.1"), to="txt")
        problem(post(client, "/v1/jobs", ("报告.txt", REPORT), to="txt"), 429, "busy")
    with running(workers=1, disk_mb=0) as client:
        problem(post(client, "/v1/jobs", ("报告.txt", REPORT), to="txt"), 507, "no-room")


@pytest.mark.parametrize("limits", [{"max_characters": 5}, {"max_pages": 1}], ids=lambda limits: next(iter(limits)))
def test_texts_that_are_too_long(limits):
    with running(workers=1, **limits) as client:
        long = "第一段文字，说明情况。\n".encode() * 200
        problem(post(client, "/v1/convert", ("长.txt", long), to="pdf"), 413, "too-long")


def test_a_client_that_asks_too_often():
    with running(workers=1, rate=1) as client:
        answers = [post(client, "/v1/inspect", ("报告.txt", REPORT)) for _ in range(12)]
    assert [answer.status_code for answer in answers[:10]] == [200] * 10
    problem(answers[-1], 429, "too-many-requests")
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_pages_of_other_sites_may_not_ask(service):
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        problem(post(service, "/v1/convert", ("a.txt", REPORT), to="txt", headers=headers), 403, "foreign-page")
    own = {"Origin": str(service.base_url).rstrip("/")}
    assert post(service, "/v1/convert", ("a.txt", REPORT), to="txt", headers=own).status_code == 200
    with running(workers=1, allow_origin="https://good.example") as client:
        headers = {"Origin": "https://good.example", "Sec-Fetch-Site": "cross-site"}
        response = post(client, "/v1/convert", ("a.txt", REPORT), to="txt", headers=headers)
        assert response.headers["access-control-allow-origin"] == "https://good.example"
        assert client.request("OPTIONS", "/v1/jobs", headers=headers).status_code == 204


def test_api_keys(tmp_path):
    made = subprocess.run([sys.executable, "-m", "converter", "serve", "--new-key", "editor"],
                          capture_output=True, text=True, check=True).stdout.split("\n")  # fmt: skip
    (tmp_path / "keys").write_text(f"# ours\n{made[1]}\n")
    assert made[0] not in made[1]
    with running(workers=1, api_keys=str(tmp_path / "keys")) as client:
        problem(post(client, "/v1/convert", ("a.txt", REPORT), to="txt"), 401, "no-key")
        assert client.get("/healthz").status_code == 200
        for headers in ({"Authorization": f"Bearer {made[0]}"}, {"X-API-Key": made[0]}):
            assert post(client, "/v1/convert", ("a.txt", REPORT), to="txt", headers=headers).status_code == 200
        wrong = {"Authorization": "Bearer zh_wrong"}
        problem(post(client, "/v1/convert", ("a.txt", REPORT), to="txt", headers=wrong), 401, "no-key")
        assert client.get("/", auth=("me", made[0])).status_code == 200


def test_answers_in_words_are_compressed(service):
    plain = service.get("/openapi.json", headers={"Accept-Encoding": "identity"})
    packed = service.get("/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert "content-encoding" not in plain.headers
    response = post(service, "/v1/convert", ("a.txt", REPORT), to="pdf", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in response.headers


def test_ids_go_back(service):
    trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    headers = service.get("/healthz", headers={"X-Request-Id": "abc-1", "Traceparent": trace}).headers
    assert headers["x-request-id"] == "abc-1"
    assert headers["traceparent"].startswith(trace[:36])
    assert headers["traceparent"] != trace
    assert service.get("/healthz", headers={"X-Request-Id": "a b"}).headers["x-request-id"] != "a b"


def test_preview_and_options_of_single_files(service):
    options = json.dumps([{"skip": "ZH201"}, {}])
    files = ("甲.txt", "学习,很好。".encode()), ("乙.txt", "学习,很好。".encode())
    response = post(service, "/v1/convert", *files, to="txt", file_options=options)
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert [("," in archive.read(name).decode()) for name in archive.namelist()] == [True, False]
    problem(post(service, "/v1/convert", *files, to="txt", file_options="{}"), 400, "bad-request")
    report = post(service, "/v1/preview", ("报告.txt", REPORT), theme="official").json()["reports"][0]
    assert (report["pages"], report["outputs"][0]["media_type"]) == (1, "image/png")
    problem(post(service, "/v1/preview", ("报告.txt", REPORT), kind="inspect"), 400, "bad-request")


def test_word_files_are_checked_and_files_compared(service):
    docx = converter.convert(REPORT, "docx").value
    said = post(service, "/v1/check", ("报告.docx", docx), ("图.docx", BINARY)).json()["reports"]
    assert {finding["clause"] for finding in said[0]["findings"]}
    assert said[1]["errors"][0]["type"] == "/problems/unreadable-input"
    same = post(service, "/v1/verify", ("报告.txt", REPORT), ("报告.docx", docx)).json()["reports"][0]
    assert same["differences"] == []
    other = converter.convert(REPORT.replace("坚持".encode(), "放弃".encode()), "docx").value
    report = post(service, "/v1/verify", ("报告.txt", REPORT), ("报告.docx", other)).json()["reports"][0]
    assert [difference["what"] for difference in report["differences"]] == ["words"]
    problem(post(service, "/v1/verify", ("报告.txt", REPORT)), 400, "bad-request")


def test_settings_are_the_same_in_the_environment():
    settings = Settings(workers=3, result_age=1.5, data="/x", allow_origin="https://a")
    assert from_environment(to_environment(settings)) == settings
