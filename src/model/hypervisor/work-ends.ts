/**
 * When each PCPU's running VCPU gets to the end of what it is doing; Infinity if it never does, or
 * the PCPU is idle. The commonest events of the machine, and at most one for each PCPU: a scan over
 * a short array is cheaper than the event queue.
 */
export class WorkEnds {
  readonly ns: Float64Array;

  constructor(pcpus: number) {
    this.ns = new Float64Array(pcpus).fill(Infinity);
  }

  /** The PCPU whose end comes first; the lowest among equal times. */
  earliest(): number {
    const ns = this.ns;
    let best = 0;
    for (let p = 1; p < ns.length; p++) if (ns[p]! < ns[best]!) best = p;
    return best;
  }
}
