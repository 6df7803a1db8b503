import type { Log } from './log.js';

/** What each accounting of the credit scheduler left, kept in one typed array. */
export class AccountingLog implements Log {
  count = 0;
  private readonly vcpus: number;
  private readonly rowLength: number;
  private cells: Float64Array;

  constructor(vcpus: number) {
    this.vcpus = vcpus;
    this.rowLength = 3 + 3 * vcpus;
    this.cells = new Float64Array(64 * this.rowLength);
  }

  add(
    timeNs: number,
    balance: number,
    activeWeight: number,
    vcpus: readonly { credit: number; priority: number; flags: number }[],
  ): void {
    const start = this.count * this.rowLength;
    if (start === this.cells.length) {
      const grown = new Float64Array(2 * start);
      grown.set(this.cells);
      this.cells = grown;
    }
    const { cells } = this;
    cells[start] = timeNs;
    cells[start + 1] = balance;
    cells[start + 2] = activeWeight;
    for (let v = 0; v < this.vcpus; v++) {
      const at = start + 3 + 3 * v;
      cells[at] = vcpus[v]!.credit;
      cells[at + 1] = vcpus[v]!.priority;
      cells[at + 2] = vcpus[v]!.flags;
    }
    this.count++;
  }

  /** A row as compact JSON. */
  line(i: number): string {
    const start = i * this.rowLength;
    const row = this.cells.subarray(start, start + this.rowLength);
    let vcpus = '';
    for (let at = 3; at < row.length; at += 3) {
      vcpus += `${at > 3 ? ',' : ''}[${row[at]},${row[at + 1]},${row[at + 2]}]`;
    }
    return `[${row[0]},${row[1]},${row[2]},[${vcpus}]]`;
  }
}
