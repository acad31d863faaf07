"""Where jobs run: in this process, or in worker processes that can be killed.

job.py    what is to be done, and what came of it
request.py  whether that can be done
run.py    does it here: makes files; examining.py  says something of files; reading.py  one input, for both
recurring.py  lines that recur around the texts of a folder
folder.py  where something is kept for the next time; shelf.py  what: texts that were read, pages that were drawn
names.py  file names that are safe everywhere
pool.py   the same `run` in worker processes with limits on time and memory; worker.py  one such process
sandbox.py   what it may do
progress.py  how far a job is
"""
