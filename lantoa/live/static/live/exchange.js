// Lines and the pages that share them; lives in the shared worker, or in the page.
import { Line } from "./line.js";
import { digestOf, familyOf } from "./wire.js";

const lines = new Map();
globalThis.addEventListener("online", () => lines.forEach((line) => line.again(0)));

// Joins a page to the line of its topic; returns how it leaves again.
export function join(post, { want, have, beats, ...about }) {
  const key = [about.topic, about.authority, about.lang, about.own].join("|");
  let line = lines.get(key);
  if (!line || line.state === "ended") lines.set(key, (line = new Line(about)));
  const page = {
    want: new Set(want),
    have: { ...have },
    beats,
    ticket: about.ticket,
    post,
    take(set, gone) {
      const mine = Object.entries(set).filter(([name]) => page.want.has(familyOf(name)));
      const over = gone.filter((name) => name in page.have);
      for (const [name, html] of mine) page.have[name] = digestOf(html);
      for (const name of over) delete page.have[name];
      if (mine.length || over.length) {
        post({ type: "change", set: Object.fromEntries(mine), gone: over });
      }
    },
  };
  const id = Symbol("page");
  line.join(id, page);
  return () => {
    line.leave(id);
    if (!line.pages.size && lines.get(key) === line) lines.delete(key);
  };
}
