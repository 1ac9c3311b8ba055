// Heartbeats: a venue's page says that its line is alive.
import { same } from "./wire.js";

export const BEAT = 5000; // ms

export async function beat(line) {
  const beating = [...line.pages.values()].some((page) => page.beats);
  if (!beating || line.state === "ended") return;
  const sent = Date.now();
  const answer = await same("/live/beat", { ticket: line.ticket }).catch(() => null);
  if (answer) line.clock.add((await answer.json()).now, sent, Date.now());
}
