from __future__ import annotations

import io
import json
import re
import zipfile
from urllib.parse import unquote

import pytest
from web.service import REPORT, post, problem

import converter
from converter.web import app as web_app

SPEECH = "在大会上的讲话\n\n同志们：\n现在开会。\n".encode()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
UNDECODABLE = "报告".encode() + b"\xff\xff\x81\x20" * 40


def downloaded(response):
    """The name under which a browser saves the answer."""
    assert response.status_code == 200, response.text
    return unquote(re.search(r"filename\*=UTF-8''(\S+)$", response.headers["content-disposition"])[1])


def unzipped(response):
    assert response.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("to", ["docx", "pdf", "epub", "html", "md", "txt", "json"])
def test_one_file_and_one_format_give_the_file_itself(service, to):
    response = post(service, "/v1/convert", ("报告.txt", REPORT), to=to)
    assert response.content == converter.convert(REPORT, to).value
    assert downloaded(response) == f"报告.{to}"


@pytest.mark.parametrize("name", ["关于“两新”组织的报告（终稿）", "𠮷野家", "報告 2 號", "a'b;c%d", "résumé"])
def test_file_names_survive_the_round_trip(service, name):
    response = post(service, "/v1/convert", (f"{name}.txt", REPORT), to="txt")
    assert downloaded(response) == f"{name}.txt"
    assert re.match(r'attachment; filename="[A-Za-z0-9 ._()+-]+\.txt"; ', response.headers["content-disposition"])


def raw_form(filename, to=b"txt"):
    return (
        b'--x\r\nContent-Disposition: form-data; name="to"\r\n\r\n' + to + b"\r\n"
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="' + filename + b'"\r\n\r\n' + REPORT + b"\r\n--x--\r\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("filename", "wanted"),
    [
        ("报告.txt".encode("gb18030"), "报告.txt"),
        (b"..\\..\\boot.ini", "boot.txt"),
        (b"/etc/passwd", "passwd.txt"),
        (b'a\\"; filename=\\"b.exe', "a_; filename=_b.txt"),
        ("\u202etxt.exe".encode(), "txt.txt"),
    ],
)
def test_strange_file_names_are_made_safe(service, filename, wanted):
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    response = service.post("/v1/convert", content=raw_form(filename), headers=headers)
    assert downloaded(response) == wanted
    assert response.headers["content-disposition"].count("filename=") == 1


def test_several_formats_give_a_zip_named_like_the_text(service):
    response = post(service, "/v1/convert", ("报告.txt", REPORT), to=["txt,json", "html"])
    assert downloaded(response) == "报告.zip"
    assert list(unzipped(response)) == ["报告.txt", "报告.json", "报告.html"]
    assert "Converter-Failures" not in response.headers


def test_several_files_give_a_zip_the_same_one_each_time(service):
    first, second = (
        post(service, "/v1/convert", ("报告.txt", REPORT), ("讲话.txt", SPEECH), ("甲/报告.txt", SPEECH), to="md")
        for _ in range(2)
    )
    assert downloaded(first) == "converted.zip"
    assert list(unzipped(first)) == ["报告.md", "讲话.md", "报告 (2).md"]
    assert first.content == second.content
    for entry in zipfile.ZipFile(io.BytesIO(first.content)).infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)


def test_a_broken_file_does_not_hide_the_others(service):
    response = post(service, "/v1/convert", ("报告.txt", REPORT), ("图.txt", PNG), to="txt")
    assert response.headers["Converter-Failures"] == "1"
    files = unzipped(response)
    assert list(files) == ["报告.txt", "report.json"]
    good, bad = json.loads(files["report.json"])["reports"]
    assert [o["name"] for o in good["outputs"]] == ["报告.txt"]
    assert not good["errors"]
    assert bad["name"] == "图.txt"
    assert bad["errors"][0]["type"] == "/problems/unreadable-input"


def test_the_report_does_not_take_the_name_of_an_output(service):
    response = post(service, "/v1/convert", ("report.txt", REPORT), ("图.txt", PNG), to="json")
    assert list(unzipped(response)) == ["report.json", "report.json (2)"]


@pytest.mark.parametrize("data", [PNG, UNDECODABLE, b""], ids=["binary", "undecodable", "empty"])
def test_a_file_that_cannot_be_read(service, data):
    body = problem(post(service, "/v1/convert", ("文.txt", data), to="pdf"), 422, "unreadable-input")
    assert body["source"] == "文.txt"
    assert "errors" not in body


def test_if_nothing_can_be_made_each_reason_is_told(service):
    response = post(service, "/v1/convert", ("甲.txt", PNG), ("乙.txt", b""), to="pdf")
    body = problem(response, 422, "unreadable-input")
    assert [error["source"] for error in body["errors"]] == ["甲.txt", "乙.txt"]


def test_json_for_programs(service):
    import base64

    response = post(
        service, "/v1/convert", ("报告.txt", REPORT), ("图.txt", PNG), to="txt", headers={"Accept": "application/json"}
    )
    good, bad = response.json()["reports"]
    assert good["title"] == "关于工作的报告"
    assert base64.b64decode(good["outputs"][0]["base64"]) == converter.convert(REPORT, "txt").value
    assert good["outputs"][0]["size"] == len(converter.convert(REPORT, "txt").value)
    assert all(note["message_zh"] for note in good["diagnostics"])
    assert bad["errors"][0]["detail_zh"]


def test_script_theme_encoding_and_options_reach_the_writers(service):
    response = post(
        service, "/v1/convert", ("报告.txt", "學習制度".encode("big5")), to="txt", script="hans", encoding="big5"
    )
    assert "学习制度" in response.text
    response = post(
        service, "/v1/convert", ("报告.txt", REPORT), to="txt", **{"option.encoding": "gb18030", "theme": "official"}
    )
    assert "坚持学习制度" in response.content.decode("gb18030")
    response = post(service, "/v1/convert", ("报告.txt", REPORT), to="md", front_matter="no")
    assert not response.text.startswith("---")


def test_fields_left_empty_are_as_if_left_out(service):
    response = post(
        service, "/v1/convert", ("报告.txt", REPORT), to="txt", script="", encoding="", **{"option.encoding": ""}
    )
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"to": "dcox"}, "Did you mean “docx”"),
        ({"to": "pdf", "theme": "offical"}, "Did you mean “official”"),
        ({"to": "pdf", "script": "hanz"}, "Known: hans, hant"),
        ({"to": "pdf", "encoding": "gb18031"}, "gb18030"),
        ({"to": "pdf", "option.contnets": "yes"}, "Did you mean “contents”"),
        ({"to": "pdf", "contents": "perhaps"}, "yes or no"),
        ({}, "No format"),
    ],
)
def test_a_wrong_request_gets_one_sentence(service, fields, words):
    body = problem(post(service, "/v1/convert", ("报告.txt", REPORT), **fields), 400, "bad-request")
    assert words in body["detail"]


def test_a_form_without_files(service):
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    browser = raw_form(b"").replace(REPORT, b"")
    response = service.post("/v1/convert", content=browser, headers=headers)
    assert "no file" in problem(response, 400, "bad-request")["detail"]
    text = {"files": (None, "words"), "to": (None, "pdf")}
    assert "filename" in problem(service.post("/v1/convert", files=text), 400, "bad-request")["detail"]


def test_what_is_not_a_form(service):
    problem(service.post("/v1/convert", json={"to": "pdf"}), 415, "not-a-form")
    problem(service.post("/v1/convert", data={"to": "pdf"}), 415, "not-a-form")
    problem(service.post("/v1/convert"), 415, "not-a-form")
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    problem(service.post("/v1/convert", content=b"nonsense", headers=headers), 400, "bad-request")
    problem(
        service.post("/v1/convert", content=b"", headers={"Content-Type": "multipart/form-data"}), 400, "bad-request"
    )


def test_a_booklet_is_one_file(service):
    files = ("讲话.txt", SPEECH), ("报告.txt", REPORT)
    response = post(service, "/v1/booklet", *files, to="pdf", title="学习资料", author="办公室", date="2012年7月")
    assert downloaded(response) == "学习资料.pdf"
    assert response.content.startswith(b"%PDF-")
    response = post(service, "/v1/booklet", *files, to="txt,md", title="学习资料")
    assert downloaded(response) == "学习资料.zip"
    words = unzipped(response)["学习资料.txt"].decode()
    assert words.index("现在开会") < words.index("坚持学习制度")


def test_a_booklet_with_a_broken_text_is_not_made(service):
    response = post(service, "/v1/booklet", ("讲话.txt", SPEECH), ("图.txt", PNG), to="pdf")
    assert problem(response, 422, "unreadable-input")["source"] == "图.txt"


def test_inspection(service):
    response = post(service, "/v1/inspect", ("报告.txt", REPORT), ("图.txt", PNG))
    good, bad = response.json()["reports"]
    assert good["title"] == "关于工作的报告"
    assert {"type": "heading", "text": "一、总体要求"}.items() <= good["blocks"][0].items()
    assert bad["errors"][0]["source"] == "图.txt"
    problem(post(service, "/v1/inspect", ("图.txt", PNG)), 422, "unreadable-input")


def test_formats_say_what_can_be_asked_for(service):
    said = service.get("/v1/formats").json()
    assert {writer["name"] for writer in said["writers"]} >= {"docx", "pdf", "epub", "html", "md", "txt", "json"}
    pdf = next(writer for writer in said["writers"] if writer["name"] == "pdf")
    assert {option["name"]: option["type"] for option in pdf["options"]}["contents"] == "yes or no"
    assert said["limits"]["max_files"] == 50


def test_health_and_metrics(service):
    assert service.get("/healthz").json()["status"] == "ok"
    post(service, "/v1/convert", ("报告.txt", REPORT), to="txt")
    service.get("/no/such/place")
    plain = service.get("/metrics")
    assert plain.headers["content-type"].startswith("text/plain")
    assert re.search(r'converter_requests_total{method="POST",route="/v1/convert",status="200"} [1-9]', plain.text)
    assert re.search(r'converter_requests_total{method="GET",route="other",status="404"} [1-9]', plain.text)
    assert re.search(r'converter_jobs_total{kind="convert",outcome="done"} [1-9]', plain.text)
    assert "no/such" not in plain.text
    assert "converter_workers 2.0" in plain.text
    modern = service.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert modern.headers["content-type"].startswith("application/openmetrics-text")
    assert modern.text.endswith("# EOF\n")


def test_other_paths_and_methods_are_problems_too(service):
    problem(service.get("/v2/convert"), 404, "not-found")
    problem(service.get("/static/../app.py"), 404, "not-found")
    response = service.get("/v1/convert")
    problem(response, 405, "method-not-allowed")
    assert response.headers["allow"] == "POST"


def test_every_type_of_problem_can_be_looked_up(service):
    for kind in web_app.problems.KINDS:
        assert f"/problems/{kind}" in service.get(f"/problems/{kind}").text
    problem(service.get("/problems/none"), 404, "not-found")


def test_a_fault_in_the_service_tells_nothing(service, monkeypatch):
    def fault(*_):
        raise KeyError("secret words")

    monkeypatch.setattr(web_app, "answer", fault)
    response = post(service, "/v1/convert", ("报告.txt", REPORT), to="txt")
    problem(response, 500, "internal")
    assert "secret" not in response.text
    assert "KeyError" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_every_answer_has_the_security_headers(service):
    for path in ("/", "/static/page.css", "/v1/formats", "/nothing"):
        headers = service.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_openapi_describes_the_forms(service):
    api = service.get("/openapi.json").json()
    for path in ("/v1/convert", "/v1/booklet", "/v1/inspect"):
        operation = api["paths"][path]["post"]
        schema = operation["requestBody"]["content"]["multipart/form-data"]["schema"]
        assert operation["description"]
        assert "files" in schema["required"]
        assert all(field["description"] for field in schema["properties"].values())
        assert "application/problem+json" in operation["responses"]["422"]["content"]
    convert = api["paths"]["/v1/convert"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert convert["properties"]["theme"]["enum"] == ["article", "official", "book"]
    assert convert["properties"]["script"]["enum"] == ["hans", "hant", "tw", "hk"]


def test_single_changes_are_named_and_rejected(service):
    text = ("文.txt", "统一思想\n\n坚持学习,不断提高,再接再厉。😀好,好。".encode())
    (said,) = post(service, "/v1/inspect?original", text).json()["reports"]
    assert said["changes"][0]["made_by"] == ["ZH201@10-11"]
    for change in said["changes"]:
        start, end = change["span"]
        assert said["original"][start:end] == change["before"]
    options = json.dumps([{"reject": said["changes"][0]["made_by"][0]}])
    made = post(service, "/v1/convert", text, to="txt", file_options=options)
    assert "坚持学习,不断提高，再接再厉。" in made.text
    (said,) = post(service, "/v1/inspect", text, file_options=options).json()["reports"]
    assert [edit["applied"] for edit in said["edits"]] == [False, True, True]
    assert "changes" not in said
    problem(post(service, "/v1/convert", text, to="txt", reject="ZH201"), 400, "bad-request")


def test_what_was_found_is_told_where_files_alone_were_asked_for_and_one_is_missing(service):
    files = ("报告.txt", "学习,很好。".encode()), ("图.txt", PNG)
    (told,) = [
        json.loads(data)
        for name, data in unzipped(post(service, "/v1/convert", *files, to="txt")).items()
        if name == "report.json"
    ]
    assert [note["code"] for note in told["reports"][0]["diagnostics"]] == ["DEC101", "ZH201"]


def test_scripts_are_asked_for_again(service):
    script = service.get("/static/page.js")
    assert script.headers["cache-control"] == "no-cache"
    assert service.get("/static/page.js", headers={"If-None-Match": script.headers["etag"]}).status_code == 304


def test_chinese_comes_in_the_characters_that_are_asked_for(service):
    def asked(language, file):
        return post(service, "/v1/inspect", file, headers={"Accept-Language": language})

    simplified, traditional = (asked(language, ("图.txt", PNG)) for language in ("zh-CN", "zh-HK,zh;q=0.9"))
    assert problem(simplified, 422, "unreadable-input")["detail_zh"].startswith("此文件为图片")
    assert problem(traditional, 422, "unreadable-input")["detail_zh"].startswith("此檔案為圖片")
    assert "Accept-Language" in traditional.headers["vary"]
    text = ("文.txt", "工作要点\n\n发展,谋划。".encode())
    simplified, traditional = asked("zh-CN", text), asked("zh-TW", text)
    change = traditional.json()["reports"][0]["edits"][0]
    assert (change["message_zh"], change["before"]) == ("中文裡的半形標點", ",")
    assert traditional.json()["reports"][0]["title"] == "工作要点"
    assert simplified.headers["etag"] != traditional.headers["etag"]
