// Requests to the hub, and the events of a stream.

export class Refused extends Error {}

// The ticket says everything: no cookie travels with it.
export async function same(path, data, signal) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(data),
    credentials: "omit",
    cache: "no-store",
    signal,
  });
  if (answer.status === 403) throw new Refused();
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

// Returns the next ticket, or "" when the viewing is over; throws when it cannot be known.
export async function renewed(url) {
  const answer = await fetch(url, { cache: "no-store" });
  if (answer.status >= 500) throw new Error(`${url}: ${answer.status}`);
  return answer.ok ? (await answer.json()).ticket : "";
}

// Yields [name, data] for each event of a text/event-stream.
export async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const whole = text.split("\n\n");
    text = whole.pop();
    for (const event of whole) {
      const lines = event.split("\n");
      const field = (name) =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      yield [field("event"), JSON.parse(field("data") ?? "{}")];
    }
  }
}

export const familyOf = (name) => name.replace(/-\d+$/, "");

export const digestOf = (html) => /^<[^>]*?\sdata-digest="(\w+)"/.exec(html)?.[1];
