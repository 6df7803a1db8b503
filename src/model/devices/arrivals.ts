/** Added to the arrival of a packet that gives way to those that arrive in the same nanosecond. */
export const GIVING_WAY = 0.5;

/**
 * What comes to the NIC, in order of arrival: the packets that wait in its bounded receive ring,
 * and behind them those still on their way. So a packet stays where it is when it arrives. They
 * stand in one piece.
 */
export class Arrivals {
  /** Arrival of the next packet on its way; Infinity if there is none. Read only for others. */
  nextNs = Infinity;
  /** Packets that found the ring full. */
  lost = 0;
  /** The ring's oldest packet stands at `head`. Read only for others. */
  packets: Int32Array;
  head = 0;
  private readonly capacity: number;
  /** When each arrives, in nanoseconds, with `GIVING_WAY` where that was added. */
  private times: Float64Array;
  private slots = 4096;
  /** The first packet on its way, and the end. */
  private coming = 0;
  private tail = 0;

  /** `capacity` of the ring, in packets. */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.packets = new Int32Array(this.slots);
    this.times = new Float64Array(this.slots);
  }

  /** Packets in the ring. */
  get waiting(): number {
    return this.coming - this.head;
  }

  /** Adds a packet that arrives later than now, behind those that arrive before it or with it. */
  add(packet: number, timeNs: number): void {
    if (this.tail === this.slots) this.makeRoom();
    const { times, packets } = this;
    let at = this.tail++;
    while (at > this.coming && times[at - 1]! > timeNs) {
      times[at] = times[at - 1]!;
      packets[at] = packets[at - 1]!;
      at--;
    }
    times[at] = timeNs;
    packets[at] = packet;
    if (at === this.coming) this.nextNs = Math.floor(timeNs);
  }

  /** Puts what has arrived by now into the ring, as far as it has room. */
  arrive(nowNs: number): void {
    if (this.nextNs > nowNs) return;
    const { times, tail } = this;
    let { coming } = this;
    while (coming < tail && times[coming]! < nowNs + 1) coming++;
    this.coming = coming;
    this.nextNs = coming < tail ? Math.floor(times[coming]!) : Infinity;
    if (coming - this.head > this.capacity) this.lose(coming - this.head - this.capacity);
  }

  /** Takes the oldest packets out of the ring; only for `count <= waiting`. */
  drop(count: number): void {
    this.head += count;
    if (this.head !== this.tail) return;
    this.head = 0;
    this.coming = 0;
    this.tail = 0;
  }

  /** Those that arrived last found no room. */
  private lose(count: number): void {
    const kept = this.coming - count;
    this.times.copyWithin(kept, this.coming, this.tail);
    this.packets.copyWithin(kept, this.coming, this.tail);
    this.coming = kept;
    this.tail -= count;
    this.lost += count;
  }

  /** Moves all to the beginning; into twice the room if they fill more than half. */
  private makeRoom(): void {
    const { times, packets, head, tail } = this;
    times.copyWithin(0, head, tail);
    packets.copyWithin(0, head, tail);
    if (2 * (tail - head) > this.slots) {
      this.slots *= 2;
      this.times = new Float64Array(this.slots);
      this.packets = new Int32Array(this.slots);
      this.times.set(times);
      this.packets.set(packets);
    }
    this.head = 0;
    this.coming -= head;
    this.tail -= head;
  }
}
