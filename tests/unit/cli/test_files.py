import os
import stat
from concurrent.futures import ThreadPoolExecutor

from converter.cli.files import write_whole


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as threads:
        # Open at both ends from the start: neither side waits for the other if something fails.
        end = os.open(pipe, os.O_RDWR)
        threads.submit(write_whole, pipe, b"text", force=True).result()
        assert stat.S_ISFIFO(pipe.stat().st_mode)
        assert os.read(end, 9) == b"text"
        os.close(end)
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
