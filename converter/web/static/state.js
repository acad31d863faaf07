// What is on the page, kept in this browser (IndexedDB) so that a reload loses nothing.

import { emit, on } from "./core.js";

// A file: { id, name, size, stamp, bytes, encoding, skip, accept, reject, classes, alike }.
//   alike: { line: text }, lines whose class goes for all of their form;
//   skip: codes of rules; accept and reject: names of single changes (ZH201@22-23); classes: { line: class }.
// A run: see runs.js. Fields: names and values of the form.
export const state = { files: [], selected: null, fields: null, runs: [] };

const database = new Promise((resolve) => {
  try {
    const request = indexedDB.open("converter", 1);
    request.onupgradeneeded = () => { request.result.createObjectStore("files"); request.result.createObjectStore("page"); };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null); // without it the page works, and forgets
  } catch {
    resolve(null);
  }
});

async function within(store, mode, act) {
  const opened = await database;
  if (!opened) return undefined;
  return new Promise((resolve) => {
    const transaction = opened.transaction(store, mode);
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => resolve(undefined);
  });
}

export const keepFile = (file) => within("files", "readwrite", (files) => files.put(file, file.id));
export const dropFile = (file) => within("files", "readwrite", (files) => files.delete(file.id));

export function keep() {
  const { selected, fields, runs } = state;
  const order = state.files.map((file) => file.id);
  return within("page", "readwrite", (page) => page.put({ order, selected, fields, runs }, "state"));
}

export async function restore() {
  const [page, files] = [
    await within("page", "readonly", (store) => store.get("state")),
    await within("files", "readonly", (store) => store.getAll()),
  ];
  const order = page?.order ?? [];
  state.files = (files ?? []).sort((a, b) => (order.indexOf(a.id) >>> 0) - (order.indexOf(b.id) >>> 0));
  if (page) Object.assign(state, { selected: page.selected, fields: page.fields, runs: page.runs });
  if (!chosen()) state.selected = state.files[0]?.id ?? null;
}

export async function forgetAll() {
  Object.assign(state, { files: [], selected: null, runs: [] });
  await within("files", "readwrite", (files) => files.clear());
  await keep();
}

export const chosen = () => state.files.find((file) => file.id === state.selected);
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export function select(file) {
  state.selected = file?.id ?? null;
  emit("selected");
}

// What the reader is told about one file, as `file_options` takes it.
export function fileOptions(file) {
  const made = (names) => names.filter((name) => !file.skip.includes(name.split("@")[0])).join(",");
  const lines = Object.entries(file.classes).map(([line, name]) => `${line} = ${JSON.stringify(name)}\n`);
  const samples = Object.entries(file.alike).map(([line, text]) => `[[sample]]\ntext = ${JSON.stringify(text)}\nas = ${JSON.stringify(file.classes[line])}\n`);
  const options = {
    encoding: file.encoding,
    skip: file.skip.join(","),
    accept: made(file.accept),
    reject: made(file.reject),
    rules: lines.length ? `[line]\n${lines.join("")}${samples.join("")}` : "",
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value));
}

on("files selected fields runs", keep);
on("decided", (file) => { keepFile(file); keep(); });
