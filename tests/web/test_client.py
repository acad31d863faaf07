import pytest
from web.service import REPORT

import converter
from converter.client import Client, ProblemError


def test_the_client_does_all_that_the_service_does(service):
    with Client(str(service.base_url)) as client:
        assert client.convert({"报告.txt": REPORT}, to="txt") == converter.convert(REPORT, "txt").value
        assert client.booklet({"甲.txt": REPORT, "乙.txt": REPORT}, to="pdf", title="资料").startswith(b"%PDF-")
        assert client.reports("inspect", {"报告.txt": REPORT})[0]["title"] == "关于工作的报告"
        job = client.begin({"报告.txt": REPORT}, to="md", idempotency_key="client-1")
        assert client.begin({"报告.txt": REPORT}, to="md", idempotency_key="client-1").id == job.id
        while not job.ended:
            job = client.wait(job)
        assert (job.state, job.done) == ("succeeded", job.total)
        assert client.result(job) == converter.convert(REPORT, "md").value
        client.end(job)
        with pytest.raises(ProblemError) as caught:
            client.result(job)
        assert (caught.value.kind, caught.value.status) == ("not-found", 404)


def test_a_problem_names_its_file(service):
    with Client(str(service.base_url)) as client, pytest.raises(ProblemError) as caught:
        client.convert({"图.txt": b""}, to="pdf")
    assert (caught.value.kind, caught.value.source) == ("unreadable-input", "图.txt")
    assert caught.value.message.zh
