import { createHash } from 'node:crypto';

const IDLE_NAME = 'idle';
const CHUNK_LINES = 4096;
const BLOCK_SWITCHES = 65_536;

/** Switches are kept in blocks, so that growing copies nothing. */
interface SwitchBlock {
  readonly timesNs: Float64Array;
  readonly pcpus: Uint8Array;
  readonly vcpus: Int16Array;
}

/** The schedule of a run, kept in typed arrays: a long run has millions of switches. */
export class Recording {
  readonly cpuNs: Float64Array;
  private readonly vcpuNames: readonly string[];
  private readonly blocks: SwitchBlock[] = [];
  private block = openBlock(this.blocks);
  private blockUsed = 0;
  private readonly rowLength: number;
  private accountingCells: Float64Array;
  private rows = 0;

  /** @param vcpuNames "domain.vcpu" of each VCPU in file order */
  constructor(vcpuNames: readonly string[]) {
    this.vcpuNames = vcpuNames;
    this.cpuNs = new Float64Array(vcpuNames.length);
    this.rowLength = 3 + 3 * vcpuNames.length;
    this.accountingCells = new Float64Array(64 * this.rowLength);
  }

  get switchCount(): number {
    return (this.blocks.length - 1) * BLOCK_SWITCHES + this.blockUsed;
  }

  get accountingCount(): number {
    return this.rows;
  }

  /** @param vcpu -1 = idle */
  addSwitch(timeNs: number, pcpu: number, vcpu: number): void {
    if (this.blockUsed === BLOCK_SWITCHES) {
      this.block = openBlock(this.blocks);
      this.blockUsed = 0;
    }
    const i = this.blockUsed++;
    this.block.timesNs[i] = timeNs;
    this.block.pcpus[i] = pcpu;
    this.block.vcpus[i] = vcpu;
  }

  addAccounting(
    timeNs: number,
    balance: number,
    activeWeight: number,
    vcpus: readonly { credit: number; priority: number; flags: number }[],
  ): void {
    const start = this.rows * this.rowLength;
    if (start === this.accountingCells.length) {
      const grown = new Float64Array(2 * start);
      grown.set(this.accountingCells);
      this.accountingCells = grown;
    }
    const cells = this.accountingCells;
    cells[start] = timeNs;
    cells[start + 1] = balance;
    cells[start + 2] = activeWeight;
    for (let v = 0; v < this.vcpuNames.length; v++) {
      const at = start + 3 + 3 * v;
      cells[at] = vcpus[v]!.credit;
      cells[at + 1] = vcpus[v]!.priority;
      cells[at + 2] = vcpus[v]!.flags;
    }
    this.rows++;
  }

  /** A switch as "t pcpu who". */
  switchLine(i: number): string {
    const block = this.blocks[Math.floor(i / BLOCK_SWITCHES)]!;
    const at = i % BLOCK_SWITCHES;
    const who = this.vcpuNames[block.vcpus[at]!] ?? IDLE_NAME;
    return `${block.timesNs[at]} ${block.pcpus[at]} ${who}`;
  }

  /** A row of accounting as compact JSON. */
  accountingLine(i: number): string {
    const start = i * this.rowLength;
    const row = this.accountingCells.subarray(start, start + this.rowLength);
    let vcpus = '';
    for (let at = 3; at < row.length; at += 3) {
      vcpus += `${at > 3 ? ',' : ''}[${row[at]},${row[at + 1]},${row[at + 2]}]`;
    }
    return `[${row[0]},${row[1]},${row[2]},[${vcpus}]]`;
  }

  switchSha256(): string {
    return sha256OfLines(this.switchCount, (i) => this.switchLine(i));
  }

  accountingSha256(): string {
    return sha256OfLines(this.rows, (i) => this.accountingLine(i));
  }
}

function openBlock(blocks: SwitchBlock[]): SwitchBlock {
  const block = {
    timesNs: new Float64Array(BLOCK_SWITCHES),
    pcpus: new Uint8Array(BLOCK_SWITCHES),
    vcpus: new Int16Array(BLOCK_SWITCHES),
  };
  blocks.push(block);
  return block;
}

/** SHA-256 of lines joined by newlines. */
function sha256OfLines(count: number, line: (i: number) => string): string {
  const hash = createHash('sha256');
  for (let start = 0; start < count; start += CHUNK_LINES) {
    const end = Math.min(start + CHUNK_LINES, count);
    let text = start > 0 ? '\n' : '';
    for (let i = start; i < end; i++) text += i > start ? `\n${line(i)}` : line(i);
    hash.update(text);
  }
  return hash.digest('hex');
}
