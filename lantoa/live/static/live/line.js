// One stream to the hub for all the pages of a browser that watch the same topic.
import { asked } from "./asked.js";
import { beat, BEAT } from "./beat.js";
import { Measure } from "./measure.js";
import { events, renewed, same, Refused } from "./wire.js";

const HELLO = 3000; // ms until a held-back stream is given up for polling
const WEAK = 12000; // ms without a word
const LOST = 25000;
const WAIT = 20; // seconds that a poll may rightly be without one
const SLOWEST = 15000; // ms between two attempts, at most
const STREAM_AGAIN = 60000; // ms of polling before a stream is tried once more

export class Line {
  constructor({ ticket, ticketUrl }) {
    Object.assign(this, { ticket, ticketUrl, state: "online", tries: 0, pollUntil: 0 });
    this.pages = new Map(); // page → {want, have, beats, post, take}
    this.heard = this.tried = Date.now();
    this.clock = new Measure((offset) => this.tell({ type: "clock", offset }));
    this.timers = [setInterval(() => this.judge(), 1000), setInterval(() => beat(this), BEAT)];
  }

  join(id, page) {
    this.pages.set(id, page);
    if (page.ticket) this.ticket = page.ticket;
    if (this.clock.known) page.post({ type: "clock", offset: this.clock.offset });
    this.again(30);
    if (page.beats) beat(this);
  }

  leave(id) {
    this.pages.delete(id);
    if (this.pages.size) return;
    this.timers.forEach(clearInterval);
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
    this.tried = Date.now();
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
    const late = setTimeout(() => {
      this.pollUntil = Date.now() + STREAM_AGAIN; // something on the way holds it back
      stop.abort();
      this.again(0);
    }, HELLO + 2 * (navigator.connection?.rtt ?? 0));
    try {
      const answer = await same("/live/stream", asked(this), stop.signal);
      for await (const [name, data] of events(answer.body)) {
        clearTimeout(late);
        this.tries = 0;
        this.hear(data, name === "hello" ? this.tried : 0);
        if (name === "end" && data.why !== "stopping") throw new Refused(data.why);
      }
    } finally {
      clearTimeout(late);
    }
  }

  async poll(signal) {
    const wait = this.polled && this.state === "online" && !this.tries ? WAIT : 0;
    const answer = await same("/live/poll", { ...asked(this), wait }, signal);
    this.polled = true;
    this.hear(await answer.json(), wait ? 0 : this.tried);
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
    const now = Date.now();
    const silence = now - this.heard - (now < this.pollUntil ? WAIT * 1000 : 0);
    if (silence > WEAK) this.turn(silence > LOST ? "lost" : "weak");
    if (silence > LOST && now - this.tried > LOST) this.again(0);
  }

  turn(state) {
    if (state === this.state || this.state === "ended") return;
    this.state = state;
    this.tell({ type: "state", state });
  }

  async renew() {
    const ticket = await renewed(this.ticketUrl).catch(() => this.ticket);
    if (ticket) this.ticket = ticket;
    else this.turn("ended");
    return Boolean(ticket);
  }
}
