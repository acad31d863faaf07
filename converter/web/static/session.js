// Which of the sessions that this browser keeps is this tab's: the one that it had before a reload; in the first tab that is
// opened the one that was last shown; else a new one. No two tabs have the same.

import { newId } from "./core.js";

const OWN = "converter session"; // in what a tab keeps over a reload, and a copy of it takes along
const PREFIX = "converter session ";
const PATIENCE = 1000; // milliseconds: the page before a reload lets go of its session late
const REPLY = 200; // milliseconds that other tabs have to answer

let mine = null;

// Where locks are to be had (over HTTPS and on this machine), the browser itself knows who has which session.
const locks = {
  others: async () => {
    const { held } = await navigator.locks.query();
    return new Set(held.map(({ name }) => name).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)).filter((id) => id !== mine));
  },
  take: (id) => new Promise((told) => {
    const held = () => { told(true); return new Promise(() => {}); };
    navigator.locks.request(PREFIX + id, { signal: AbortSignal.timeout(PATIENCE) }, held).catch(() => told(false));
  }),
};

// Elsewhere tabs ask each other.
const asking = {
  others: () => new Promise((told) => {
    const found = new Set(), channel = new BroadcastChannel(PREFIX);
    channel.onmessage = ({ data }) => { if (data) found.add(data); };
    channel.postMessage(null);
    setTimeout(() => { channel.close(); told(found); }, REPLY);
  }),
  take: async (id) => {
    if ((await asking.others()).has(id)) return false;
    const channel = new BroadcastChannel(PREFIX);
    channel.onmessage = ({ data }) => { if (!data) channel.postMessage(id); };
    return true;
  },
};

const way = navigator.locks ? locks : asking;

// The sessions of other tabs.
export const { others } = way;

function own() {
  try {
    return sessionStorage.getItem(OWN);
  } catch {
    return null; // forbidden: the tab starts anew
  }
}

// This tab's session; `kept` are those that there are, the last one shown first.
export async function claim(kept) {
  const before = own();
  const first = before ?? ((await others()).size ? null : kept[0]);
  mine = first && (await way.take(first)) ? first : newId();
  if (mine !== first) await way.take(mine);
  try {
    sessionStorage.setItem(OWN, mine);
  } catch { /* as above */ }
  return mine;
}
