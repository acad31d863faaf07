// What is on the page, kept in this browser (IndexedDB) so that a reload loses nothing; each tab keeps its own.

import { emit, on } from "./core.js";
import { claim, others } from "./session.js";

// A file: { id, name, size, stamp, bytes, encoding, skip, accept, reject, classes, alike }.
//   alike: { line: text }, lines whose class goes for all of their form;
//   skip: codes of rules; accept and reject: names of single changes (ZH201@22-23); classes: { line: class }.
// A run: see runs.js. Fields: names and values of the form.
export const state = { files: [], selected: null, fields: null, runs: [] };

const database = new Promise((resolve) => {
  try {
    const request = indexedDB.open("converter", 2);
    request.onupgradeneeded = () => {
      for (const name of request.result.objectStoreNames) request.result.deleteObjectStore(name);
      request.result.createObjectStore("files").createIndex("session", "session");
      request.result.createObjectStore("page", { keyPath: "session" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null); // without it the page works, and forgets
  } catch {
    resolve(null);
  }
});
const FORGOTTEN = 30 * 24 * 3600e3; // milliseconds after which what no tab shows is removed

let session = null; // this tab's: see session.js

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

export const keepFile = (file) => within("files", "readwrite", (files) => files.put({ ...file, session }, file.id));
export const dropFile = (file) => within("files", "readwrite", (files) => files.delete(file.id));

export function keep() {
  const { selected, fields, runs } = state;
  const order = state.files.map((file) => file.id);
  return within("page", "readwrite", (page) => page.put({ session, seen: Date.now(), order, selected, fields, runs }));
}

const kept = async () => (await within("page", "readonly", (page) => page.getAll())) ?? [];

async function drop(old) {
  await within("page", "readwrite", (page) => page.delete(old));
  await within("files", "readwrite", (files) => {
    const keys = files.index("session").getAllKeys(old);
    keys.onsuccess = () => keys.result.forEach((key) => files.delete(key));
    return keys;
  });
}

// Removes what no tab shows, and was last changed before this time.
async function clean(before) {
  const shown = await others();
  for (const one of await kept()) if (one.session !== session && !shown.has(one.session) && one.seen < before) await drop(one.session);
}

export async function restore() {
  const all = (await kept()).sort((a, b) => b.seen - a.seen);
  session = await claim(all.map((one) => one.session));
  const page = all.find((one) => one.session === session);
  const files = await within("files", "readonly", (store) => store.index("session").getAll(session));
  const order = page?.order ?? [];
  state.files = (files ?? []).sort((a, b) => (order.indexOf(a.id) >>> 0) - (order.indexOf(b.id) >>> 0));
  if (page) Object.assign(state, { selected: page.selected, fields: page.fields, runs: page.runs });
  if (!chosen()) state.selected = state.files[0]?.id ?? null;
  clean(Date.now() - FORGOTTEN);
}

export async function forgetAll() {
  Object.assign(state, { files: [], selected: null, runs: [] });
  await drop(session);
  await clean(Infinity);
  await keep();
}

export const chosen = () => state.files.find((file) => file.id === state.selected);

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

// The same as a file that the command line reads where it lies beside the text: TEXT.rules.toml. Empty if nothing was decided.
export function rulesFile(file) {
  const { encoding, rules = "", ...changes } = fileOptions(file);
  const lists = Object.entries(changes).map(([name, names]) => `${name} = ${JSON.stringify(names.split(","))}\n`);
  if (!rules && !lists.length) return "";
  return [encoding ? `# --encoding ${encoding}\n` : "", rules, lists.length ? `[changes]\n${lists.join("")}` : ""].join("");
}

on("files selected fields runs", keep);
on("decided", (file) => { keepFile(file); keep(); });
