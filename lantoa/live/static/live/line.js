// One stream to the hub for all the pages of a browser that watch the same topic.
import { asked } from "./asked.js";
import { Measure } from "./measure.js";
import { events, renewed, same, Refused } from "./wire.js";

const HELLO = 3000; // ms until a held-back stream is given up for polling
const WEAK = 12000; // ms without a word
const LOST = 25000;
const BEAT = 5000;
const SLOWEST = 15000; // ms between two attempts, at most
const STREAM_AGAIN = 60000; // ms of polling before a stream is tried once more

export class Line {
  constructor({ topic, authority, lang, ticket, ticketUrl }) {
    Object.assign(this, { topic, authority, lang, ticket, ticketUrl });
    this.pages = new Map(); // page → {want, have, beats, post}
    this.state = "online";
    this.heard = Date.now();
    this.tries = 0;
    this.pollUntil = 0;
    this.clock = new Measure((offset) => this.tell({ type: "clock", offset }));
    this.watch = setInterval(() => this.judge(), 1000);
    this.pulse = setInterval(() => this.beat(), BEAT);
  }

  join(id, page) {
    this.pages.set(id, page);
    if (page.ticket) this.ticket = page.ticket;
    if (this.clock.known) page.post({ type: "clock", offset: this.clock.offset });
    this.again(30);
    if (page.beats) this.beat();
  }

  leave(id) {
    this.pages.delete(id);
    if (this.pages.size) return;
    clearInterval(this.watch);
    clearInterval(this.pulse);
    clearTimeout(this.next);
    this.stop?.abort();
  }

  tell(message) {
    for (const page of this.pages.values()) page.post(message);
  }

  again(delay) {
    clearTimeout(this.next);
    if (this.state === "ended" || !this.pages.size) return;
    this.next = setTimeout(() => this.run(), delay);
  }

  async run() {
    this.stop?.abort();
    const stop = (this.stop = new AbortController());
    try {
      await (Date.now() < this.pollUntil ? this.poll(stop.signal) : this.stream(stop));
      this.tries = 0;
      if (!stop.signal.aborted) this.again(Math.random() * 500);
    } catch (problem) {
      if (stop.signal.aborted) return; // whoever stopped it goes on
      if (problem instanceof Refused && !(await this.renew())) return;
      const pause = Math.min(SLOWEST, 500 * 2 ** this.tries++);
      this.again(pause * (0.5 + Math.random() / 2));
    }
  }

  async stream(stop) {
    const sent = Date.now();
    const patience = HELLO + 2 * (navigator.connection?.rtt ?? 0);
    const late = setTimeout(() => {
      this.pollUntil = Date.now() + STREAM_AGAIN; // something on the way holds it back
      stop.abort();
      this.again(0);
    }, patience);
    try {
      const answer = await same("/live/stream", asked(this.ticket, this.pages.values()), stop.signal);
      for await (const [name, data] of events(answer.body)) {
        clearTimeout(late);
        this.tries = 0;
        this.hear(data, name === "hello" ? sent : 0);
        if (name === "end" && data.why !== "stopping") throw new Refused(data.why);
      }
    } finally {
      clearTimeout(late);
    }
  }

  async poll(signal) {
    const sent = Date.now();
    const first = this.state !== "online" || this.tries > 0 || !this.polled;
    const answer = await same("/live/poll", { ...asked(this.ticket, this.pages.values()), wait: first ? 0 : 20 }, signal);
    this.polled = true;
    this.hear(await answer.json(), first ? sent : 0);
  }

  hear(data, sent) {
    this.heard = Date.now();
    this.turn("online");
    if (data.now) this.clock.add(data.now, sent, this.heard);
    if (data.ticket) this.ticket = data.ticket;
    if (data.build !== undefined) this.tell({ type: "build", build: data.build });
    if (!data.set && !data.gone) return;
    for (const page of this.pages.values()) page.take(data.set ?? {}, data.gone ?? []);
  }

  judge() {
    const silence = Date.now() - this.heard;
    const polling = Date.now() < this.pollUntil ? 20000 : 0; // a poll may rightly wait
    if (silence > LOST + polling) {
      this.turn("lost");
      if (silence % LOST < 1000) this.again(0);
    } else if (silence > WEAK + polling) this.turn("weak");
  }

  turn(state) {
    if (state === this.state || this.state === "ended") return;
    this.state = state;
    this.tell({ type: "state", state });
  }

  async beat() {
    if (this.state === "ended" || ![...this.pages.values()].some((page) => page.beats)) return;
    const sent = Date.now();
    const answer = await same("/live/beat", { ticket: this.ticket }).catch(() => null);
    if (answer) this.clock.add((await answer.json()).now, sent, Date.now());
  }

  async renew() {
    const ticket = await renewed(this.ticketUrl).catch(() => this.ticket);
    if (ticket) this.ticket = ticket;
    else this.turn("ended");
    return Boolean(ticket);
  }
}
