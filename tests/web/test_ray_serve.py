"""The service as `docs/deploy/ray_serve.py` runs it."""

import importlib.util
import socket
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray warns of itself


def test_the_service_runs_on_ray_serve():
    import ray
    from ray import serve

    path = Path(__file__).parents[2] / "docs/deploy/ray_serve.py"
    spec = importlib.util.spec_from_file_location("ray_serve", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False, ignore_reinit_error=True)
    try:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        serve.start(http_options={"host": "127.0.0.1", "port": port})
        serve.run(module.app)
        address = f"http://127.0.0.1:{port}"
        answer = httpx.post(
            f"{address}/v1/convert",
            files={"files": ("讲话.txt", "一、总体要求\n\n全局上下要统一思想。".encode())},
            data={"to": "html"},
            timeout=60,
        )
        assert (answer.status_code, "总体要求" in answer.text) == (200, True)
        assert httpx.get(f"{address}/healthz").status_code == 200
    finally:
        serve.shutdown()
        ray.shutdown()
