"""The HTTP service on Ray Serve: each replica is a whole service with worker processes of its own.

serve run docs.deploy.ray_serve:app
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ray import serve

from converter.web.app import create_app
from converter.web.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI


def replica() -> FastAPI:
    """The service of one replica: it has one processor, so one worker."""
    return create_app(Settings(workers=1))


app = serve.deployment(
    serve.ingress(replica)(),
    name="converter",
    ray_actor_options={"num_cpus": 1},
    autoscaling_config={"min_replicas": 1, "max_replicas": 8, "target_ongoing_requests": 4},
    graceful_shutdown_timeout_s=90,
).bind()
