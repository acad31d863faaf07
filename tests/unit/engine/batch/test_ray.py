"""A real cluster of several nodes, each its own processes; one of them is lost while it works."""

import sys

import pytest
from unit.engine.batch.test_batch import batch_of, contents, done, ended, planned, run, texts

from converter.engine.batch.ray import run_on_ray
from converter.errors import ResourceError, UsageError

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray warns of itself


@pytest.fixture(scope="module")
def cluster():
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    yield cluster
    import ray

    ray.shutdown()
    cluster.shutdown()


def test_a_lost_node_costs_nothing(cluster, tmp_path):
    texts(tmp_path / "in", 60)
    here = batch_of(tmp_path / "in", tmp_path / "here")
    done(here)
    nodes = [cluster.add_node(num_cpus=1) for _ in range(3)]
    batch = batch_of(tmp_path / "in", tmp_path / "out")
    plan = planned(batch)
    rows, numbers = [], []
    for number in run_on_ray(batch, plan.open_shards(), rows.append, cluster.address):
        numbers.append(number)
        if len(numbers) == 3:
            cluster.remove_node(nodes.pop(), allow_graceful=False)
    assert sorted(numbers) == list(range(20))
    assert sorted(row["input"] for row in rows) == [f"{n:03}.txt" for n in range(60)]
    assert [row["input"] for row in plan.results()] == [f"{n:03}.txt" for n in range(60)]
    assert contents(tmp_path / "out") == contents(tmp_path / "here")


def test_the_command_line_uses_the_cluster(cluster, tmp_path):
    texts(tmp_path / "in", 6)
    cluster.add_node(num_cpus=1)
    code, said = ended(run(tmp_path, "--engine", "ray", "--address", cluster.address))
    assert (code, said.splitlines()[-1]) == (0, "6 files: 6 html, 6 txt; 0 broken. Report: out/_batch/report.html")


def test_places_that_other_machines_cannot_see_are_refused(tmp_path):
    with pytest.raises(UsageError, match="memory://in"):
        list(run_on_ray(batch_of("memory://in", tmp_path), [0], str))


def test_without_ray_the_message_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ResourceError, match=r"converter-zh\[ray\]"):
        list(run_on_ray(batch_of(tmp_path, tmp_path), [0], str))


def test_a_cluster_that_is_not_there_is_named(tmp_path):
    texts(tmp_path / "in", 1)
    code, said = ended(run(tmp_path, "--engine", "ray", "--address", "127.0.0.1:1"))
    assert (code, "127.0.0.1:1" in said) == (5, True)
