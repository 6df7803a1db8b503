/**
 * The pending events of a simulation. An event is a slot, numbered when the machine is assembled:
 * a slot is armed with a time, moved or disarmed at will, and nothing is allocated while running.
 *
 * Among events of one instant the lowest slot number comes first, so the order in which the
 * machine hands out its slots is the order within an instant.
 *
 * The main loop reads `nextSlot()` and `nextTimeNs()` and calls the slot's handler, which re-arms
 * or cancels that very slot: removing the earliest event and inserting its successor are one
 * update.
 *
 * One slot may be hot: moved far more often than the others, it takes no part in the tournament
 * that is played among them.
 *
 * Times are integer nanoseconds held in doubles (exact to 2^53 ns, 104 days).
 */
export class EventQueue {
  // A tournament: leaf `leaves + s` stands for slot s, node i is played between nodes 2i and
  // 2i + 1, and node 1 has the overall winner. `winner` holds slot numbers, so no positions need
  // tracking, and moving any slot replays just the path from its leaf to the root.
  private readonly winner: Int32Array;
  private readonly leaves: number;
  private readonly timesNs: Float64Array;
  /** The winner's time. */
  private firstNs = Number.POSITIVE_INFINITY;
  private readonly hotSlot: number;
  private hotNs = Number.POSITIVE_INFINITY;

  constructor(slots: number, hotSlot = -1) {
    this.hotSlot = hotSlot;
    // A match takes two, so a lone slot gets an opponent that is never armed.
    this.leaves = Math.max(2, slots);
    this.timesNs = new Float64Array(this.leaves).fill(Number.POSITIVE_INFINITY);
    this.winner = new Int32Array(2 * this.leaves);
    for (let slot = 0; slot < this.leaves; slot++) this.winner[this.leaves + slot] = slot;
    for (let node = this.leaves - 1; node > 0; node--) {
      this.winner[node] = Math.min(this.winner[2 * node]!, this.winner[2 * node + 1]!);
    }
  }

  /** Arms the slot for `timeNs`, or moves it there if it is armed already. */
  schedule(slot: number, timeNs: number): void {
    if (slot === this.hotSlot) {
      this.hotNs = timeNs;
      return;
    }
    const lostFirstMatch = this.winner[(this.leaves + slot) >> 1] !== slot;
    const putOff = timeNs >= this.timesNs[slot]!;
    this.timesNs[slot] = timeNs;
    // Putting off a slot that loses its first match anyway changes no result.
    if (!(lostFirstMatch && putOff)) this.replay(slot);
  }

  /** Disarms the slot; harmless if it is not armed. */
  cancel(slot: number): void {
    this.schedule(slot, Number.POSITIVE_INFINITY);
  }

  /** When the slot is due, or Infinity if it is not armed. */
  timeOf(slot: number): number {
    return slot === this.hotSlot ? this.hotNs : this.timesNs[slot]!;
  }

  /** The slot of the earliest event (the lowest slot among equal times), or -1 if none is armed. */
  nextSlot(): number {
    const { hotNs, firstNs, hotSlot } = this;
    const slot = this.winner[1]!;
    if (hotNs < firstNs || (hotNs === firstNs && hotSlot < slot)) {
      return hotNs === Number.POSITIVE_INFINITY ? -1 : hotSlot;
    }
    return firstNs === Number.POSITIVE_INFINITY ? -1 : slot;
  }

  /** The time of the earliest event, or Infinity if none is armed. */
  nextTimeNs(): number {
    const { hotNs, firstNs } = this;
    if (hotNs < firstNs) return hotNs;
    return firstNs;
  }

  /** Plays all matches on the way from a slot's leaf to the root. */
  private replay(slot: number): void {
    const times = this.timesNs;
    const winner = this.winner;
    let node = this.leaves + slot;
    let best = slot;
    // The time isn't a parameter: a double passed in a call that isn't inlined is allocated.
    let bestNs = times[slot]!;
    do {
      const rival = winner[node ^ 1]!;
      const rivalNs = times[rival]!;
      // Who wins is a coin toss that branch prediction cannot call, so the winner is selected by
      // a mask: -1 if the rival is earlier, or at the same time and lower in number; else 0.
      const rivalWins =
        Number(rivalNs < bestNs) | (Number(rivalNs === bestNs) & Number(rival < best));
      best ^= (best ^ rival) & -rivalWins;
      bestNs = times[best]!;
      node >>= 1;
      winner[node] = best;
    } while (node > 1);
    this.firstNs = bestNs;
  }
}
