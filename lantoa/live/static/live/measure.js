// How far this machine's clock stands from the server's, in milliseconds.
const JUMP = 30000; // ms; no word is that late: the clock was set

export class Measure {
  constructor(tell) {
    this.tell = tell;
    this.offset = 0;
    this.trip = Infinity;
  }

  get known() {
    return Number.isFinite(this.trip);
  }

  // A round trip bounds the offset from both sides, a word alone (sent = 0) from one.
  add(now, sent, heard) {
    const trip = sent ? heard - sent : Infinity;
    const low = now - heard;
    if (sent && trip <= this.trip * 1.5) {
      this.offset = low + trip / 2;
      this.trip = trip;
    } else if (low > this.offset || this.offset - low > JUMP) {
      this.offset = low;
    } else return;
    this.tell(this.offset);
  }
}
