// <live-screen>: keeps the fragments inside it current, and says how the line is.
import { apply, markOwn } from "./apply.js";
import { setOffset } from "./clocks.js";
import { familyOf } from "./wire.js";
import { say } from "./words.js";

const WORDS = {
  weak: say("Đường truyền yếu, màn hình có thể chậm."),
  lost: say("Mất kết nối, đang nối lại. Nội dung trên màn hình có thể đã cũ."),
  online: say("Đã nối lại, màn hình đã cập nhật."),
  ended: say("Phiên xem đã kết thúc."),
};

class LiveScreen extends HTMLElement {
  connectedCallback() {
    this.dataset.line = "online";
    this.own = this.getAttribute("own");
    markOwn(this, this.own);
    this.addNotice();
    this.hide = () => this.leave();
    this.show = (event) => event.persisted && this.join();
    window.addEventListener("pagehide", this.hide);
    window.addEventListener("pageshow", this.show);
    this.join();
  }

  disconnectedCallback() {
    window.removeEventListener("pagehide", this.hide);
    window.removeEventListener("pageshow", this.show);
    this.leave();
  }

  addNotice() {
    this.notice = document.createElement("p");
    this.notice.className = "live-screen__notice";
    this.notice.setAttribute("role", "status");
    this.prepend(this.notice);
  }

  asked() {
    const want = (this.getAttribute("want") ?? "").split(" ").filter(Boolean);
    const have = {};
    for (const element of document.querySelectorAll("[data-digest][id]")) {
      if (want.includes(familyOf(element.id))) have[element.id] = element.dataset.digest;
    }
    return {
      type: "join",
      topic: this.getAttribute("topic"),
      authority: this.getAttribute("authority"),
      lang: this.getAttribute("lang"),
      own: this.own,
      ticket: this.getAttribute("ticket"),
      ticketUrl: new URL(this.getAttribute("ticket-url") ?? "", location.href).href,
      beats: this.hasAttribute("beats"),
      want,
      have,
    };
  }

  async join() {
    this.leave();
    const take = (message) => this.take(message);
    const worker = this.getAttribute("worker");
    if (worker && "SharedWorker" in window) {
      const { port } = new SharedWorker(worker, { type: "module", name: "lantoa-live" });
      port.onmessage = ({ data }) => take(data);
      port.postMessage(this.asked());
      this.leave = () => port.postMessage({ type: "leave" });
    } else {
      const { join } = await import("./exchange.js");
      this.leave = join(take, this.asked());
    }
  }

  leave() {}

  take(message) {
    if (message.type === "change") apply(message.set, message.gone, this.own);
    if (message.type === "clock") setOffset(message.offset);
    if (message.type === "state") this.say(message.state);
    if (message.type === "build") this.meet(message.build);
  }

  say(state) {
    this.dataset.line = state;
    this.notice.textContent = WORDS[state];
    clearTimeout(this.quiet);
    if (state === "online") this.quiet = setTimeout(() => (this.notice.textContent = ""), 6000);
    this.dispatchEvent(new CustomEvent("live:line", { bubbles: true, detail: { state } }));
  }

  // The program was renewed while the page was open: others may offer to load it anew.
  meet(build) {
    this.build ??= build;
    if (build === this.build) return;
    this.build = build;
    this.dispatchEvent(new CustomEvent("live:build", { bubbles: true, detail: { build } }));
  }
}

customElements.define("live-screen", LiveScreen);
