// <venue-desk own="12">: reads from the fragments, the same for all, what they mean for
// this venue: asked by the roll call, waiting, next, called to speak.
const TITLES = {
  speaking: say("Mời phát biểu"),
  next: say("Sắp đến lượt"),
  asked: say("Điểm danh"),
};

class VenueDesk extends HTMLElement {
  connectedCallback() {
    this.title = document.title;
    this.read = () => this.update();
    this.addEventListener("live:fragment", this.read);
    this.update();
  }

  update() {
    const own = this.getAttribute("own");
    const tile = document.getElementById(`tile-${own}`);
    const speaker = document.getElementById("speaker");
    const roll = document.getElementById("roll-call")?.dataset.round;
    const place = tile?.dataset.place;
    const call = this.call(speaker?.dataset.venue === own, place);
    const asked = Boolean(roll) && tile?.dataset.round !== roll;
    this.dataset.call = call;
    this.toggleAttribute("data-asked", asked);
    for (const each of this.querySelectorAll("[data-when]")) {
      const hidden = !each.dataset.when.split(" ").includes(call);
      if (each.hidden !== hidden) each.hidden = hidden;
    }
    this.say("[data-own-place]", place ?? "");
    this.say("[data-own-words]", tile?.textContent ?? "");
    const word = TITLES[call] ?? (asked ? TITLES.asked : "");
    document.title = word ? `● ${word} · ${this.title}` : this.title;
  }

  call(speaking, place) {
    if (speaking) return "speaking";
    if (!place) return "none";
    return place === "1" ? "next" : "waiting";
  }

  say(selector, words) {
    for (const each of this.querySelectorAll(selector)) {
      if (each.textContent !== words) each.textContent = words;
    }
  }
}

customElements.define("venue-desk", VenueDesk);
