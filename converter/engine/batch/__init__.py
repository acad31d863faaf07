"""Many files: cut into shards that are done once each, however often the run is stopped, killed and started again.

places.py   folders here or elsewhere, by fsspec: list, read, write whole or not at all
plan.py     which files, in which shards, and which of these are done
made.py     what a worker does for one input, and what it tells of it
shard.py    one shard from its inputs to its marker
local.py    shards in worker processes of this machine
ray.py      shards on a Ray cluster
report.py   what came of it, for people: numbers, the slowest, the most damaged

The target holds all that a run must remember, under `_batch/`: a shard's list of files is written before any work and
never changes; its manifest is written last and so is its completion marker. Outputs of a shard that was cut off are
written again, with the same bytes under the same names.
"""
