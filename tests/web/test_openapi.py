"""The description of the service is whole, its examples are true, and the service does what it says."""

import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from web.service import begin, ended, problem, running

from converter.web.app import create_app
from converter.web.examples import ANSWERS, REQUESTS
from converter.web.openapi import OPERATIONS
from converter.web.schemas import SCHEMAS
from converter.web.settings import Settings


@pytest.fixture(scope="module")
def said(service):
    return service.get("/openapi.json").json()


def operations(said):
    return {it["operationId"]: (path, method, it) for path, at in said["paths"].items() for method, it in at.items()}


def fits(value, shape):
    jsonschema.validate(value, {"$ref": f"#/components/schemas/{shape}", "components": {"schemas": SCHEMAS}})


def test_every_operation_is_described(said):
    assert set(operations(said)) == set(OPERATIONS)
    for path, _, it in operations(said).values():
        problems = [answer for status, answer in it["responses"].items() if int(status) >= 400]
        assert "500" in it["responses"]
        assert ("401" in it["responses"]) == path.startswith("/v1/")
        for answer in problems:
            content = answer["content"]["application/problem+json"]
            assert content["examples"]
            for example in content["examples"].values():
                fits(example["value"], "Problem")


def test_every_form_and_every_answer_in_json_has_an_example(said):
    for name, (_, _, it) in operations(said).items():
        if "requestBody" in it:
            assert it["requestBody"]["content"]["multipart/form-data"]["example"] == REQUESTS[name]
        for status, answer in it["responses"].items():
            content = answer.get("content", {}).get("application/json", {})
            if status.startswith("2") and "schema" in content:
                fits(content["example"], content["schema"]["$ref"].rpartition("/")[2])


@pytest.mark.parametrize("shape", ANSWERS)
def test_an_example_fits_its_shape(shape):
    fits(ANSWERS[shape], shape)


@pytest.mark.parametrize("name", [name for name in REQUESTS if name != "check"])
def test_the_examples_of_requests_are_accepted(service, said, name):
    path, _, _ = operations(said)[name]
    fields = {key: value for key, value in REQUESTS[name].items() if key != "files"}
    files = [("files", ("报告.txt", text.encode())) for text in REQUESTS[name]["files"]]
    answer = service.post(path, data=fields, files=files, headers={"Accept": "application/json"})
    assert answer.status_code == OPERATIONS[name].status
    fits(answer.json(), OPERATIONS[name].gives["application/json"])


def test_the_result_of_a_job_fits_its_shape(service):
    place = begin(service, ("报告.txt", REQUESTS["begin"]["files"][0].encode()), to="txt,pdf")
    fits(ended(service, place), "Job")
    fits(service.get(f"{place}/result", headers={"Accept": "application/json"}).json(), "Results")


def test_a_method_that_does_not_fit_is_told_all_that_do(service):
    answer = service.put("/v1/jobs/x")
    problem(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == "DELETE, GET"


def test_formats_of_plugins_are_described_too():
    app = create_app(Settings())
    app.state.desk.close()
    content = app.openapi()["paths"]["/v1/convert"]["post"]["responses"]["200"]["content"]
    assert {"application/pdf", "application/epub+zip", "application/zip", "application/json"} <= set(content)


@pytest.mark.parametrize(
    ("phases", "examples", "left_out"),
    [
        ("examples,coverage", "1", ""),
        # In a form a number is text as well; a DELETE cancels what runs, and only the next one removes it.
        ("fuzzing,stateful", "5", "negative_data_rejection,use_after_free"),
    ],
)
def test_the_service_does_what_its_description_says(tmp_path, phases, examples, left_out):
    """Schemathesis: requests that fit and requests that do not, one by one and after one another.

    No 5xx, no answer that is not described. Which bytes are a text it cannot know, nor so which requests must succeed.
    """
    with running(workers=2, max_jobs=10_000) as client:
        command = [Path(sys.executable).with_name("schemathesis"), "run", f"{client.base_url}/openapi.json"]
        command += [
            "--phases",
            phases,
            "--max-examples",
            examples,
            "--generation-deterministic",
            "--no-color",
            "--workers",
            "4",
        ]
        command += [
            "--checks",
            "all",
            "--exclude-checks",
            ",".join(filter(None, ("positive_data_acceptance", left_out))),
        ]
        for _ in range(2):
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=140, check=False)
            # Who answers before the whole request has come closes the connection, and the answer may be lost with it
            # (RFC 9112, 9.6): that is asked once more.
            if "Network Error" not in done.stdout:
                break
    lines = [line[:500] for line in done.stdout.splitlines() if "curl" not in line]
    assert done.returncode == 0, "\n".join(lines) + done.stderr
