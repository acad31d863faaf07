"""The ledger (修改记录) of a text: what was found in it and done to it, for people who decide and for undoing.

record.py   a text with its findings; to JSON and back; undoing all of it, or some
places.py   the changed places of a text, original and result side by side
page.py     both as one HTML page
"""
