"""The limits of the service. All are on by default."""

from __future__ import annotations

from dataclasses import dataclass

from converter.options import option


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the service allows."""

    workers: int | None = option(
        None, "Worker processes; by default one a processor.", "工作进程数；默认每个处理器一个。"
    )
    queue: int = option(
        16, "Requests that may wait for a worker; more get status 429.", "排队请求上限；超出时返回 429。"
    )
    upload_mb: int = option(20, "Size of a request, in MB.", "单个请求的大小上限（MB）。")
    max_files: int = option(50, "Files in a request.", "单个请求的文件数上限。")
    upload_time: float = option(60.0, "Seconds that an upload may take.", "上传时限（秒）。")
    time_limit: float = option(60.0, "Seconds that a conversion may take.", "单次转换时限（秒）。")
    memory_mb: int = option(1024, "Memory that a conversion may take, in MB.", "单次转换内存上限（MB）。")
    result_mb: int = option(256, "Size of a result, in MB.", "结果大小上限（MB）。")
