// What the service recognises in each file: asked for at once, one file after the other, the one that is looked at first.

import { detail, emit, later, limits, on, patiently, t } from "./core.js";
import { chosen, fileOptions, state } from "./state.js";

// By file id: { key, report, problems, busy }. `key` says what the report answers to.
export const readings = new Map();

let running = null; // { id, abort }

const keyOf = (file) => JSON.stringify(fileOptions(file));
const wanted = (file) => file.size <= limits.mb * 2 ** 20 && readings.get(file.id)?.key !== keyOf(file);

function turn() {
  if (running) {
    if (state.files.some((file) => file.id === running.id)) return;
    running.abort.abort(); // nobody waits for it any more
  }
  const file = [chosen(), ...state.files].find((one) => one && wanted(one));
  if (file) read(file);
}

async function read(file) {
  const mine = { id: file.id, abort: new AbortController() };
  running = mine;
  const key = keyOf(file);
  const reading = { ...readings.get(file.id), busy: true };
  readings.set(file.id, reading);
  emit("read", file);
  const body = new FormData();
  body.append("files", new Blob([file.bytes]), file.name);
  body.append("file_options", JSON.stringify([fileOptions(file)]));
  try {
    const answer = await patiently("v1/inspect?original", { method: "POST", body, signal: mine.abort.signal });
    const said = await answer.json();
    if (answer.ok) Object.assign(reading, { report: said.reports[0], problems: said.reports[0].errors.map(detail) });
    else Object.assign(reading, { report: null, problems: (said.errors ?? [said]).map(detail) });
  } catch {
    Object.assign(reading, { problems: mine.abort.signal.aborted ? [] : [t.unreachable] });
  }
  Object.assign(reading, { key, busy: false });
  if (running === mine) running = null;
  if (state.files.includes(file)) emit("read", file);
  else readings.delete(file.id);
  turn();
}

on("files selected", turn);
on("decided", later(turn, 300));
