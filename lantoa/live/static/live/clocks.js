// Clocks drawn here from instants and the measured offset: no tick travels the line.
//   <server-clock>                        the conference's time of day
//   <elapsed-clock from="ISO" accumulated="seconds" limit="seconds" paused="ISO"
//                  count="down">          time spent, or left of the limit
import { say } from "./words.js";

let offset = 0;
const clocks = new Set();
let timer = 0;

export const now = () => Date.now() + offset;

export function setOffset(value) {
  offset = value;
  drawAll();
}

function drawAll() {
  clearTimeout(timer);
  if (!clocks.size) return;
  for (const clock of clocks) clock.draw();
  timer = setTimeout(drawAll, 1000 - (now() % 1000) + 5); // all screens turn together
}

class Clock extends HTMLElement {
  connectedCallback() {
    this.face = document.createElement("span");
    this.face.setAttribute("aria-hidden", "true");
    this.replaceChildren(this.face);
    this.setAttribute("role", "timer");
    clocks.add(this);
    drawAll();
  }

  disconnectedCallback() {
    clocks.delete(this);
  }

  show(text, label) {
    if (this.face.textContent !== text) this.face.textContent = text;
    if (this.getAttribute("aria-label") !== label) this.setAttribute("aria-label", label);
  }
}

const HANOI = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

class ServerClock extends Clock {
  draw() {
    const text = HANOI.format(now());
    const [hours, minutes] = text.split(":");
    const given = { hours: Number(hours), minutes: Number(minutes) };
    this.show(text, say("{hours} giờ {minutes} phút", given));
  }
}

const two = (number) => String(number).padStart(2, "0");

function span(seconds) {
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

class ElapsedClock extends Clock {
  static observedAttributes = ["from", "accumulated", "limit", "paused", "count"];

  attributeChangedCallback() {
    if (this.face) this.draw();
  }

  spent() {
    const from = this.getAttribute("from");
    const before = Number(this.getAttribute("accumulated") ?? 0);
    if (!from) return before;
    const paused = this.getAttribute("paused");
    const until = paused ? Date.parse(paused) : now();
    return Math.max(0, before + Math.floor((until - Date.parse(from)) / 1000));
  }

  draw() {
    const spent = this.spent();
    const limit = Number(this.getAttribute("limit") ?? 0);
    const left = limit - spent;
    const over = limit && left < 0;
    const near = limit && left <= Math.max(30, limit / 10);
    this.dataset.state = over ? "over" : near ? "near" : this.hasAttribute("paused") ? "paused" : "running";
    const down = this.getAttribute("count") === "down" && limit;
    const text = down ? (over ? `+${span(-left)}` : span(left)) : span(spent);
    const given = { spent: Math.floor(spent / 60), left: Math.ceil(left / 60) };
    if (over) this.show(text, say("Đã {spent} phút, quá giờ", given));
    else if (limit) this.show(text, say("Đã {spent} phút, còn {left} phút", given));
    else this.show(text, say("Đã {spent} phút", given));
  }
}

customElements.define("server-clock", ServerClock);
customElements.define("elapsed-clock", ElapsedClock);
