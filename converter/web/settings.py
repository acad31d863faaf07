"""The limits of the service, all on by default, and where it keeps what.

Each field is an option of `converter serve` and a variable of the environment, `CONVERTER_` and its name in capitals.
"""

from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING

from converter.options import make_options, option
from converter.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "CONVERTER_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the service allows."""

    workers: int | None = option(
        None, "Worker processes; by default one a processor.", "工作进程数；默认每个处理器一个。"
    )
    queue: int = option(
        16, "Requests that may wait for a worker; more get status 429.", "排队请求上限；超出时返回 429。"
    )
    queue_time: float = option(
        10.0,
        "Seconds for which a request may have to wait for a worker, as far as one can tell; others get status 429.",
        "请求等待工作进程的预计时限（秒）；超出时返回 429。",
    )
    max_jobs: int = option(100, "Jobs that may wait; more get status 429.", "等待任务数上限；超出时返回 429。")
    rate: int = option(
        600, "Requests for work a client may send in a minute; 0 for any.", "每个客户端每分钟请求数上限；0 为不限。"
    )
    streams: int = option(200, "Clients that may follow jobs at once.", "同时订阅任务进度的客户端数上限。")
    upload_mb: int = option(20, "Size of a request, in MB.", "单个请求的大小上限（MB）。")
    max_files: int = option(50, "Files in a request.", "单个请求的文件数上限。")
    max_characters: int = option(10_000_000, "Characters in a text.", "单个文本的字数上限。")
    max_pages: int = option(10_000, "Pages of a PDF.", "PDF 页数上限。")
    upload_time: float = option(60.0, "Seconds that an upload may take.", "上传时限（秒）。")
    time_limit: float = option(60.0, "Seconds that a conversion may take.", "单次转换时限（秒）。")
    cpu_limit: float = option(
        60.0, "Seconds of a processor that a conversion may take.", "单次转换的处理器时间上限（秒）。"
    )
    job_times: float = option(
        10.0, "How many times these two limits a job may take.", "任务可用时间为上述两项时限的倍数。"
    )
    memory_mb: int = option(1024, "Memory that a conversion may take, in MB.", "单次转换内存上限（MB）。")
    result_mb: int = option(256, "Size of a result, in MB.", "结果大小上限（MB）。")
    result_age: float = option(3600.0, "Seconds that the result of a job is kept.", "任务结果的保存时间（秒）。")
    disk_mb: int = option(
        2048,
        "Room for all jobs and their results, in MB; beyond it new jobs get status 507.",
        "任务与结果的磁盘空间上限（MB）。",
    )
    stop_time: float = option(
        30.0,
        "Seconds that running jobs have to finish when the service is stopped.",
        "停止服务时等待任务完成的时限（秒）。",
    )
    data: str | None = option(
        None,
        "Folder for jobs, which survive a restart there and are shared by all servers that use it; "
        "by default a temporary one.",
        "任务目录；重启后任务仍在，多个服务可共用；默认用临时目录。",
    )
    api_keys: str | None = option(
        None, "File with the hashes of API keys, a name and a hash a line.", "API 密钥文件：每行一个名称和一个散列值。"
    )
    allow_origin: str = option(
        "", "Other sites whose pages may use the API, with commas.", "允许调用接口的其他网站，以逗号分隔。"
    )
    metrics_port: int | None = option(
        None, "A port of its own for /metrics, which then is not on the main one.", "/metrics 的专用端口。"
    )


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that variables of the environment say. Raises UsageError for a value that does not fit."""
    names = {PREFIX + field.name.upper(): field.name for field in dataclasses.fields(Settings)}
    return make_options(Settings, {name: environment[key] for key, name in names.items() if environment.get(key)})


def to_environment(settings: Settings) -> dict[str, str]:
    """The variables of the environment that say these settings."""
    values = {field.name: getattr(settings, field.name) for field in dataclasses.fields(Settings)}
    return {PREFIX + name.upper(): str(value) for name, value in values.items() if value is not None}
