// What was asked for: jobs of the service, followed until they end, and what came of them.

import { $, announce, ask, detail, element, emit, limits, newId, on, patiently, pause, problemLine, say, size, t } from "./core.js";
import { bodyOf, complain, formats, given, task } from "./options.js";
import { tooLarge } from "./files.js";
import { fileOptions, keep, state } from "./state.js";
import { noteList } from "./notes.js";

// A run: { key, kind, formats, title, names, ids, fields, options, job, state }. `key` makes a request that is sent again
// the same job. States: sending, queued, running, succeeded, failed, cancelled, expired.
const KEPT = 8;
const ENDED = new Set(["succeeded", "failed", "cancelled", "expired"]);
const live = new Map(); // key → what is not kept: { abort, events, status, reports, errors, words }

const about = (run) => live.get(run.key) ?? live.set(run.key, {}).get(run.key);

export function start() {
  const files = state.files, wanted = formats();
  if (!files.length) return complain(t.no_files, $("files"));
  if (!wanted.length) return complain(t.no_formats, document.querySelector("[name=to]"));
  const large = files.find(tooLarge);
  if (large) return complain(`${large.name}: ${say("too_large", limits)}`);
  if (files.reduce((sum, file) => sum + file.size, 0) > limits.mb * 2 ** 20) return complain(say("too_large_all", limits));
  complain("");
  const fields = [...given(wanted), ["kind", task()], ["to", wanted.join(",")]];
  const run = {
    key: newId(), kind: task(), formats: wanted, title: Object.fromEntries(fields).title ?? "", job: null, state: "sending",
    names: files.map((file) => file.name), ids: files.map((file) => file.id), fields, options: files.map(fileOptions),
  };
  state.runs.unshift(run);
  for (const old of state.runs.splice(KEPT)) forget(old);
  emit("runs");
  show();
  $("results").scrollIntoView({ behavior: "smooth", block: "nearest" });
  send(run);
}

function become(run, name, words = "") {
  run.state = name;
  about(run).words = words;
  keep();
  draw(run);
}

async function send(run) {
  const files = run.ids.map((id) => state.files.find((file) => file.id === id));
  if (files.some((file) => !file)) return become(run, "expired");
  const mine = about(run);
  mine.abort = new AbortController();
  try {
    const options = { method: "POST", body: bodyOf(run.fields, files, run.options), headers: { "Idempotency-Key": run.key }, signal: mine.abort.signal };
    const answer = await patiently("v1/jobs", options, () => { mine.words = t.waiting; draw(run); });
    const said = await answer.json();
    if (!answer.ok) return failed(run, said);
    run.job = said.id;
    mine.status = said;
    become(run, "queued"); // one that has been done before may have ended: the events say so
    follow(run);
  } catch {
    if (run.state === "sending") failed(run, { detail: t.unreachable, detail_zh: t.unreachable });
  }
}

function failed(run, problem) {
  about(run).errors = problem.errors ?? [problem];
  become(run, "failed");
  announce(t.failed);
}

// Follows a job by server-sent events; asks by itself where the stream breaks off for good.
function follow(run) {
  const mine = about(run);
  const heard = (status) => {
    if (ENDED.has(run.state)) return;
    mine.status = status;
    if (run.state !== status.state) run.state = status.state;
    draw(run);
    if (!ENDED.has(status.state)) return;
    mine.events?.close();
    keep();
    if (status.state === "cancelled") announce(t.cancelled);
    if (status.state === "succeeded") fetchResult(run);
    else if (status.state === "failed") fetchProblem(run, status.problem);
  };
  mine.events = new EventSource(`v1/jobs/${run.job}/events`);
  mine.events.addEventListener("status", (event) => heard(JSON.parse(event.data)));
  mine.events.addEventListener("error", async () => {
    if (mine.events.readyState !== EventSource.CLOSED || ENDED.has(run.state)) return;
    const answer = await ask(`v1/jobs/${run.job}`).catch(() => null);
    if (answer?.ok) heard(await answer.json());
    else if (answer) become(run, "expired");
    if (ENDED.has(run.state)) return;
    await pause(2);
    follow(run);
  });
}

// Events come in the browser's language: what went wrong is asked for once more, in the page's.
async function fetchProblem(run, told) {
  const answer = await ask(`v1/jobs/${run.job}`).catch(() => null);
  const said = await answer?.json().catch(() => null);
  failed(run, said?.problem ?? told);
}

async function fetchResult(run) {
  const answer = await ask(`v1/jobs/${run.job}/result`, { headers: { Accept: "application/json" } }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (!answer?.ok) return answer ? become(run, "expired") : follow(run);
  about(run).reports = said.reports;
  draw(run);
  announce(finished(about(run).reports));
}

function cancel(run) {
  const mine = about(run);
  mine.abort?.abort();
  mine.events?.close();
  become(run, "cancelled");
  announce(t.cancelled);
  if (run.job) fetch(`v1/jobs/${run.job}`, { method: "DELETE" }).catch(() => {});
  row(run)?.querySelector("button")?.focus();
}

function forget(run) {
  const mine = about(run);
  mine.abort?.abort();
  mine.events?.close();
  live.delete(run.key);
  if (run.job) fetch(`v1/jobs/${run.job}`, { method: "DELETE" }).catch(() => {});
}

// ---- what is seen

const row = (run) => $("runs").querySelector(`[data-key="${run.key}"]`);

function show() {
  $("results").hidden = !state.runs.length;
  $("runs").replaceChildren(...state.runs.map((run) => element("li", { data: { key: run.key } })));
  state.runs.forEach(draw);
}

function finished(reports) {
  const made = reports.flatMap((report) => report.outputs).length, wrong = reports.flatMap((report) => report.errors).length;
  return say(wrong ? "finished_partly" : "finished", { made, failed: wrong });
}

function draw(run) {
  const item = row(run);
  if (!item) return;
  const { status, words, reports, errors = [] } = about(run);
  const ended = ENDED.has(run.state);
  const title = run.kind === "booklet" ? run.title || t.booklet : run.names.length === 1 ? run.names[0] : say("run_files", { n: run.names.length });
  const { done = 0, total = 0 } = status?.progress ?? {};
  const told = {
    sending: t.sending, queued: say("queued", { n: Math.max(0, (status?.position ?? 1) - 1) }), running: say("working", { done, all: total }),
    succeeded: reports ? finished(reports) : "…", failed: t.failed, cancelled: t.cancelled, expired: t.expired,
  }[run.state];
  const outputs = (reports ?? []).flatMap((report) => report.outputs);
  const head = element("div", { className: "run-head" },
    element("strong", { className: "run-title", textContent: title }),
    ended
      ? element("button", { type: "button", className: "plain", title: t.forget, ariaLabel: `${t.forget}: ${title}`, textContent: "×", onclick: () => leave(run) })
      : element("button", { type: "button", className: "cancel", textContent: t.cancel, onclick: () => cancel(run) }));
  const parts = [head, element("p", { className: "state", textContent: words || told })];
  if (!ended) {
    const bar = element("progress", { max: total || 1, value: done, ariaLabel: title });
    if (!total) bar.removeAttribute("value");
    parts.push(bar);
  }
  if (outputs.length > 1) parts.push(element("a", { className: "download every", href: `v1/jobs/${run.job}/result`, download: "", textContent: t.all }));
  if (reports) parts.push(element("ol", { className: "reports" }, ...reports.filter((report) => report.outputs.length || report.errors.length || report.diagnostics?.length).map((report) => made(report))));
  const beside = errors.filter((error) => run.names.includes(error.source));
  if (beside.length) parts.push(element("ol", { className: "reports" }, ...beside.map((error) => element("li", {}, element("span", { className: "of", textContent: error.source }), problemLine(detail(error))))));
  parts.push(...errors.filter((error) => !beside.includes(error)).map((error) => problemLine(detail(error))));
  const focused = item.contains(document.activeElement) && document.activeElement.className;
  item.replaceChildren(...parts);
  if (focused) item.querySelector(`.${focused.split(" ")[0]}`)?.focus();
}

function made(report) {
  const item = element("li", {}, element("span", { className: "of", textContent: report.name }));
  if (report.outputs.length) item.append(element("div", { className: "downloads" }, ...report.outputs.map(download)));
  item.append(...report.errors.map((error) => problemLine(detail(error))));
  const notes = (report.diagnostics ?? []).filter((note) => note.severity !== "info" && note.code !== "ZH191");
  if (notes.length) item.append(noteList(notes));
  return item;
}

function download(output) {
  const ending = output.name.slice(output.name.lastIndexOf(".") + 1).toUpperCase();
  return element("a", { className: "download", href: output.href, download: output.name, title: output.name },
    ending, element("small", { textContent: size(output.size) }), element("span", { className: "unseen", textContent: ` ${output.name}` }));
}

function leave(run) {
  forget(run);
  state.runs = state.runs.filter((one) => one !== run);
  emit("runs");
  show();
  ($("runs").querySelector("button") ?? $("start")).focus();
}

on("clear", () => { state.runs.forEach(forget); state.runs = []; show(); });
on("start", () => {
  show();
  for (const run of state.runs) {
    if (run.state === "sending") send(run);
    else if (run.job && run.state !== "cancelled" && run.state !== "expired") {
      if (ENDED.has(run.state)) run.state = "running"; // the events say again how it ended
      follow(run);
    }
  }
});
