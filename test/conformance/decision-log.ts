import type { Log } from './log.js';
import { IDLE_NAME } from './switch-log.js';

/** Names of SEDF's modes, by number. */
const MODES = ['edf', 'pen', 'util'] as const;
const BLOCK_DECISIONS = 65_536;

interface DecisionBlock {
  /** When, and for how long. */
  readonly timesNs: Float64Array;
  readonly slicesNs: Float64Array;
  readonly pcpus: Uint8Array;
  readonly vcpus: Int16Array;
  readonly modes: Uint8Array;
}

/** What SEDF has decided at each reschedule, in blocks of typed arrays. */
export class DecisionLog implements Log {
  private readonly vcpuNames: readonly string[];
  private readonly blocks: DecisionBlock[] = [];
  private block = openBlock(this.blocks);
  private used = 0;

  /** @param vcpuNames "domain.vcpu" of each VCPU in file order */
  constructor(vcpuNames: readonly string[]) {
    this.vcpuNames = vcpuNames;
  }

  get count(): number {
    return (this.blocks.length - 1) * BLOCK_DECISIONS + this.used;
  }

  /** @param vcpu -1 = idle */
  add(timeNs: number, pcpu: number, vcpu: number, mode: number, sliceNs: number): void {
    if (this.used === BLOCK_DECISIONS) {
      this.block = openBlock(this.blocks);
      this.used = 0;
    }
    const i = this.used++;
    const { block } = this;
    block.timesNs[i] = timeNs;
    block.pcpus[i] = pcpu;
    block.vcpus[i] = vcpu;
    block.modes[i] = mode;
    block.slicesNs[i] = sliceNs;
  }

  /** A decision as "t pcpu who mode time". */
  line(i: number): string {
    const block = this.blocks[Math.floor(i / BLOCK_DECISIONS)]!;
    const at = i % BLOCK_DECISIONS;
    const name = this.vcpuNames[block.vcpus[at]!];
    const who = name === undefined ? `${IDLE_NAME} idle` : `${name} ${MODES[block.modes[at]!]}`;
    return `${block.timesNs[at]} ${block.pcpus[at]} ${who} ${block.slicesNs[at]}`;
  }
}

function openBlock(blocks: DecisionBlock[]): DecisionBlock {
  const block = {
    timesNs: new Float64Array(BLOCK_DECISIONS),
    slicesNs: new Float64Array(BLOCK_DECISIONS),
    pcpus: new Uint8Array(BLOCK_DECISIONS),
    vcpus: new Int16Array(BLOCK_DECISIONS),
    modes: new Uint8Array(BLOCK_DECISIONS),
  };
  blocks.push(block);
  return block;
}
