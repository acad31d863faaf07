// What every part of the page uses: its words, its elements, and how the parts hear of each other.

export const $ = (id) => document.getElementById(id);
export const form = $("work");
export const t = JSON.parse($("words").textContent);
export const about = JSON.parse($("about").textContent);
export const limits = { mb: Number(form.dataset.uploadMb), files: Number(form.dataset.maxFiles) };
export const language = document.documentElement.lang;
export const chinese = language.startsWith("zh");

export const say = (key, values = {}) => t[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
export const size = (n) => (n < 1e6 ? `${Math.max(1, Math.round(n / 1e3))} KB` : `${(n / 1e6).toFixed(1)} MB`);
export const detail = (problem) => (chinese && problem.detail_zh) || problem.detail || t.unreachable;
export const message = (finding) => (chinese && finding.message_zh) || finding.message;

// Words only ever become text nodes: nothing of a user's is read as HTML.
export function element(tag, properties = {}, ...children) {
  const { data = {}, ...rest } = properties;
  const made = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries(rest)) if (name.startsWith("aria-") || name === "role") made.setAttribute(name, value);
  Object.assign(made.dataset, data);
  made.append(...children);
  return made;
}

export const signButton = (words, sign, className, onclick) =>
  element("button", { type: "button", title: words, ariaLabel: words, className, textContent: sign, onclick });

export const problemLine = (words) => element("p", { className: "problem", textContent: words });

export function announce(words) {
  $("announce").textContent = "";
  setTimeout(() => { $("announce").textContent = words; }, 50); // the same words again are news, too
}

const heard = {};
export const on = (names, act) => { for (const name of names.split(" ")) (heard[name] ??= []).push(act); };
export const emit = (name, about) => { for (const act of heard[name] ?? []) act(about); };

export function later(act, delay) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(act, delay); };
}

export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export const pause = (seconds) => new Promise((resume) => setTimeout(resume, 1000 * seconds));

// A request, to be answered in the page's language, whatever the browser's is.
export const ask = (address, options = {}) => fetch(address, { ...options, headers: { "Accept-Language": language, ...options.headers } });

// The same; waits and asks again as long as the service is busy. `busy` is called each time.
export async function patiently(address, options, busy = () => {}) {
  for (;;) {
    const answer = await ask(address, options);
    if (answer.status !== 429) return answer;
    busy();
    await pause(Number(answer.headers.get("Retry-After") ?? 5));
    options.signal?.throwIfAborted();
  }
}
