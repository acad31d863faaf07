"""The HTTP service and its page.

app.py       the routes: what can be asked for
settings.py  the limits
gate.py      limits and headers at the door, before any route
forms.py     a multipart request → a Job
answers.py   an Outcome → a file, a zip, or JSON
problems.py  errors → RFC 9457 problems: the table
metrics.py   what Prometheus sees
page.py      the page: its languages and its words
"""
