import fsspec
import pytest

from converter.engine.batch.places import Place
from converter.errors import InputError, ResourceError, UsageError, WriteError


@pytest.fixture(params=["local", "memory"])
def place(request, tmp_path):
    if request.param == "local":
        yield Place(str(tmp_path))
    else:
        fsspec.filesystem("memory").makedirs("/文库", exist_ok=True)
        yield Place("memory://文库")
        fsspec.filesystem("memory").rm("/文库", recursive=True)


def test_what_is_written_is_found_and_read(place):
    place.write("深/处/一.txt", "改革".encode())
    place.write("二.txt", iter([b"a", b"b"]))
    assert [(found.path, found.size) for found in place.find()] == [("二.txt", 2), ("深/处/一.txt", 6)]
    assert (place.read("深/处/一.txt"), place.has("二.txt"), place.has("三.txt")) == ("改革".encode(), True, False)
    assert place.names("深") == ["处"]
    assert place.names("没有") == []


def test_a_file_is_written_over_and_taken_away(place):
    place.write("一.txt", b"1")
    before = next(place.find()).stamp
    place.write("一.txt", b"2")
    assert (place.read("一.txt"), next(place.find()).stamp != before) == (b"2", True)
    place.remove("一.txt")
    place.remove("一.txt")
    assert list(place.find()) == []


def test_what_cannot_be_read_is_named(place):
    with pytest.raises(InputError, match=r"一\.txt cannot be read"):
        place.read("一.txt")


def test_many_are_read_in_their_order(place):
    names = [f"{number}[*]?.jsonl" for number in reversed(range(150))]
    for name in names:
        place.write(name, name.encode())
    assert list(place.read_all(names)) == [name.encode() for name in names]
    assert list(place.read_all(())) == []


def test_of_many_the_one_that_cannot_be_read_is_named(place):
    place.write("一.txt", b"1")
    read = place.read_all(["一.txt", "二.txt"])
    assert next(read) == b"1"
    with pytest.raises(InputError, match=r"^二\.txt cannot be read"):
        next(read)


def test_no_part_of_a_file_is_left_behind(tmp_path):
    def pieces():
        yield b"half"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Place(str(tmp_path)).write("一.txt", pieces())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_place_that_takes_nothing_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match=r"file/一\.txt cannot be written"):
        Place(str(tmp_path)).write("file/一.txt", b"")


@pytest.mark.parametrize(
    ("address", "error"),
    [("/no/such/folder", UsageError), ("nosuch://x", UsageError)],
)
def test_addresses_that_lead_nowhere(address, error):
    with pytest.raises(error, match=address):
        list(Place(address).find())


def test_a_package_that_is_not_installed_is_named():
    with pytest.raises(ResourceError, match=r"gs://bucket/x needs a package that is not installed: .*gcsfs"):
        list(Place("gs://bucket/x").find())


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "一.txt").write_text("一", "utf-8")
    with pytest.raises(UsageError, match=r"一\.txt is a file, not a folder"):
        list(Place(str(tmp_path / "一.txt")).find())


@pytest.mark.parametrize(
    ("inner", "outer", "below"),
    [
        ("{0}/in/out", "{0}/in", "out"),
        ("{0}/in/", "{0}/in", ""),
        ("{0}/in/../in/out", "{0}/in", "out"),
        ("{0}/inner", "{0}/in", None),
        ("{0}/in", "{0}/in/out", None),
        ("memory://in/a/b", "memory://in", "a/b"),
        ("memory://a", "memory://", "a"),
        ("memory://in", "{0}/in", None),
        ("{0}", "/", "{0}"),
    ],
)
def test_which_place_lies_in_which(tmp_path, inner, outer, below):
    where = Place(inner.format(tmp_path)).below(Place(outer.format(tmp_path)))
    assert where == (below and below.format(tmp_path).strip("/"))
