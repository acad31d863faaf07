"""The HTTP service and its page.

app.py       the application and the routes for small work
jobs.py      the routes for work that takes its time
desk.py      has jobs done in their turn; store.py (SQLite), folders.py and servers.py are what it remembers them by;
             scratch.py clears up after servers that were killed
server.py    the server process, or several; connections.py cuts off who takes too long
settings.py  the limits
gate.py      limits and headers at the door, before any route; guards.py says who may come in
forms.py     a multipart request → a Job
answers.py   an Outcome → a file, a zip, or JSON; compression.py
problems.py  errors → RFC 9457 problems: the table
openapi.py   what each route takes and answers; schemas.py, examples.py
metrics.py   what Prometheus sees; logs.py, what is written down
page.py      the page: its languages and its words
"""
