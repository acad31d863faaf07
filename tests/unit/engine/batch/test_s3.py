"""Batches from and to S3, as moto's server speaks it: what stands there in the end is what would stand here."""

import json
import logging
import signal
import time

import moto.settings
import pytest
import s3fs
from moto.moto_server.threaded_moto_server import ThreadedMotoServer
from unit.engine.batch.test_batch import batch_of, contents, ended, planned, run, texts

from converter.engine.batch.local import run_here
from converter.engine.batch.places import Place
from converter.engine.batch.plan import FOLDER, Plan
from converter.errors import InputError, ResourceError

NOBODY = "http://127.0.0.1:9"
"""Where no server is."""


@pytest.fixture(scope="module")
def endpoint():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def store(endpoint, monkeypatch, tmp_path):
    """A file system with two buckets, texts and books, which processes started from here see as well."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    s3fs.S3FileSystem.clear_instance_cache()
    files = s3fs.S3FileSystem(skip_instance_cache=True)
    for bucket in ("texts", "books"):
        files.mkdir(bucket)
    yield files
    for bucket in ("texts", "books"):
        files.rm(bucket, recursive=True)
    s3fs.S3FileSystem.clear_instance_cache()


def there(files, folder):
    """What stands in a folder of the store, by path, but for the records of the batch that it may hold."""
    files.invalidate_cache()
    names = [path.removeprefix(folder) for path in files.find(folder)]
    return {name: files.cat_file(f"{folder}{name}") for name in names if not name.startswith(FOLDER)}


def rows(files, target):
    return [json.loads(line) for line in files.cat_file(f"{target}/{FOLDER}/manifest.jsonl").splitlines()]


def run_s3(folder, *more, source="s3://texts/深", target="s3://books/深"):
    return run(folder, *more, source=source, target=target)


def test_what_stands_there_is_what_would_stand_here(store, tmp_path):
    texts(tmp_path / "in" / "甲 +%", 9)
    (tmp_path / "in" / "坏.txt").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(500))
    (tmp_path / "in" / "甲 +%" / "000.rules.toml").write_text('[line]\n5 = "paragraph"\n', "utf-8")
    store.put(f"{tmp_path}/in/", "texts/深/", recursive=True)
    store.touch("texts/深更/别处.txt")
    assert ended(run(tmp_path))[0] == 3
    code, said = ended(run_s3(tmp_path))
    assert (code, said.splitlines()[-1]) == (
        3,
        f"10 files: 9 html, 9 txt; 1 broken. Report: s3://books/深/{FOLDER}/report.html",
    )
    assert there(store, "books/深/") == contents(tmp_path / "out")
    quarantine = there(store, f"books/深/{FOLDER}/quarantine/")
    assert (quarantine["坏.txt"][:4], "program" in quarantine["坏.txt.reason.txt"].decode()) == (b"\x7fELF", True)
    assert "坏.txt" in store.cat_file(f"books/深/{FOLDER}/report.html").decode()
    assert [row["status"] for row in rows(store, "books/深")] == ["broken", *["done"] * 9]
    before = store.info(f"books/深/{FOLDER}/done/000000.jsonl")["LastModified"]
    assert ended(run_s3(tmp_path))[1].startswith("10 files")
    store.pipe_file("texts/深/坏.txt", "现在好了。\n".encode())
    code, said = ended(run_s3(tmp_path))
    assert (code, said.startswith("1/1  100%")) == (0, True)
    store.invalidate_cache()
    assert store.info(f"books/深/{FOLDER}/done/000000.jsonl")["LastModified"] == before


def test_a_run_that_is_killed_again_and_again_ends_as_if_it_had_not_been(store, tmp_path):
    texts(tmp_path / "in", 32)
    (tmp_path / "in" / "032.txt").write_text(
        "今年的工作做得很好。\n" * 60_000, "utf-8"
    )  # still to be done when it is killed
    assert ended(run(tmp_path))[0] == 0
    store.put(f"{tmp_path}/in/", "texts/深/", recursive=True)
    markers = Plan(Place("s3://books/深"))
    for kills in range(2):
        process = run_s3(tmp_path)
        while process.poll() is None and len(markers.target.names(f"{FOLDER}/done")) <= kills:
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL if kills % 2 == 0 else signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode != 0
    done = set(markers.target.names(f"{FOLDER}/done"))
    before = {name: store.info(f"books/深/{FOLDER}/done/{name}")["LastModified"] for name in done}
    assert ended(run_s3(tmp_path))[0] == 0
    store.invalidate_cache()
    assert {name: store.info(f"books/深/{FOLDER}/done/{name}")["LastModified"] for name in done} == before
    assert there(store, "books/深/") == contents(tmp_path / "out")
    assert [row["input"] for row in rows(store, "books/深")] == [f"{n:03}.txt" for n in range(33)]


def test_a_target_inside_the_source_is_no_source(store, tmp_path):
    texts(tmp_path / "in", 2)
    store.put(f"{tmp_path}/in/", "texts/深/", recursive=True)
    for _ in range(2):
        assert ended(run_s3(tmp_path, source="s3://texts", target="s3://texts/成品"))[0] == 0
    assert len(rows(store, "texts/成品")) == 2


def refused(process):
    """The exit code and the one sentence."""
    code, said = ended(process)
    assert (said.startswith("converter: "), said.count("\n")) == (True, 1), said
    return code, said.removeprefix("converter: ").strip()


@pytest.mark.parametrize(
    ("places", "code", "sentence"),
    [
        ({"source": "s3://nosuch/深"}, 2, "s3://nosuch/深 cannot be listed: The specified bucket does not exist."),
        ({"source": "s3://texts/浅"}, 2, "There is no folder s3://texts/浅."),
        ({"source": "s3://texts/深/000.txt"}, 2, "s3://texts/深/000.txt is a file, not a folder."),
        ({"source": "s3://"}, 2, "s3:// names no bucket."),
        (
            {"target": "s3://texts/深"},
            2,
            "s3://texts/深 is the source: choose another target, such as a folder in it.",
        ),
        (
            {"target": "s3://nosuch"},
            4,
            f"s3://nosuch/{FOLDER}/settings.json cannot be written: The specified bucket does not exist.",
        ),
    ],
)
def test_places_that_do_not_fit(store, tmp_path, places, code, sentence):
    texts(tmp_path / "in", 1)
    store.put(f"{tmp_path}/in/", "texts/深/", recursive=True)
    assert refused(run_s3(tmp_path, **places)) == (code, sentence)
    assert (store.exists("nosuch"), store.ls("books")) == (False, [])


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"AWS_ENDPOINT_URL": NOBODY}, "Could not connect to the endpoint URL"),
        ({"AWS_ENDPOINT_URL": "127.0.0.1"}, "Invalid endpoint: 127.0.0.1"),
        ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "Unable to locate credentials"),
        ({"AWS_PROFILE": "nobody"}, r"The config profile \(nobody\) could not be found"),
    ],
)
def test_a_store_that_cannot_be_used(monkeypatch, environment, reason):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    place = Place("s3://texts/深")
    for asked in (lambda: list(place.find()), lambda: place.has("一.txt"), lambda: place.write("一.txt", b"1")):
        with pytest.raises(ResourceError, match=f"The store of s3://texts/深 cannot be used: {reason}"):
            asked()


@pytest.mark.usefixtures("store")
def test_credentials_that_nobody_knows(monkeypatch, tmp_path):
    texts(tmp_path / "in", 1)
    monkeypatch.setattr(moto.settings, "INITIAL_NO_AUTH_ACTION_COUNT", 0.0)
    said = [refused(run_s3(tmp_path, source=source)) for source in ("in", "s3://texts/深")]
    monkeypatch.undo()
    assert said[0][1].startswith("The store of s3://books/深 cannot be used: Forbidden.")
    assert said[1][1].startswith(
        "The store of s3://texts/深 cannot be used: The AWS Access Key Id you provided does not"
    )
    assert {code for code, _ in said} == {5}


def test_a_store_that_goes_away_is_no_fault_of_the_texts(store, monkeypatch, tmp_path):
    texts(tmp_path / "in", 3)
    store.put(f"{tmp_path}/in/", "texts/深/", recursive=True)
    plan = planned(batch_of("s3://texts/深", tmp_path / "out"))
    s3fs.S3FileSystem.clear_instance_cache()
    monkeypatch.setenv("AWS_ENDPOINT_URL", NOBODY)
    with pytest.raises(ResourceError, match="s3://texts/深 cannot be used"):
        list(run_here(batch_of("s3://texts/深", tmp_path / "out"), plan.open_shards(), str))
    assert (plan.open_shards(), (tmp_path / "out" / FOLDER / "quarantine").exists()) == ([0], False)


def test_a_file_that_has_gone_is_told_apart_from_the_store(store):
    store.touch("texts/深/一.txt")
    with pytest.raises(InputError, match=r"二\.txt cannot be read"):
        Place("s3://texts/深").read("二.txt")


def test_the_records_of_many_shards_are_on_their_way_at_once(store, monkeypatch):
    plan, there, most = Plan(Place("s3://books/深")), 0, 0
    read_one = s3fs.S3FileSystem._cat_file

    async def counted(*arguments, **named):
        nonlocal there, most
        there += 1
        most = max(most, there)
        try:
            return await read_one(*arguments, **named)
        finally:
            there -= 1

    for number in range(100):
        plan.finish(number, [{"input": f"{number}.txt"}])
    plan.finish(100, [{"input": "3.txt", "again": True}])
    monkeypatch.setattr(s3fs.S3FileSystem, "_cat_file", counted)
    done = list(plan.results())
    assert [row["input"] for row in done] == [f"{n}.txt" for n in range(100) if n != 3] + ["3.txt"]
    assert most > 10
    store.rm(f"books/深/{FOLDER}/done/000007.jsonl")
    with pytest.raises(InputError, match=r"000007\.jsonl cannot be read"):
        list(Place("s3://books/深").read_all(f"{FOLDER}/done/{n:06}.jsonl" for n in range(100)))


def test_of_what_is_written_in_pieces_nothing_is_seen_before_the_last_one(store):
    def pieces():
        yield b"new" * 2**21
        raise RuntimeError

    place = Place("s3://books/深")
    place.write("一.txt", iter([b"o", b"ld"]))
    with pytest.raises(ResourceError):
        place.write("一.txt", pieces())
    assert (place.read("一.txt"), place.names("")) == (b"old", ["一.txt"])
