import type { Log } from './log.js';

/** What an idle PCPU runs, in lines. */
export const IDLE_NAME = 'idle';
const BLOCK_SWITCHES = 65_536;

/** Switches are kept in blocks, so that growing copies nothing. */
interface SwitchBlock {
  readonly timesNs: Float64Array;
  readonly pcpus: Uint8Array;
  readonly vcpus: Int16Array;
}

/** The schedule of a run, kept in typed arrays: a long run has millions of switches. */
export class SwitchLog implements Log {
  private readonly vcpuNames: readonly string[];
  private readonly blocks: SwitchBlock[] = [];
  private block = openBlock(this.blocks);
  private used = 0;

  /** @param vcpuNames "domain.vcpu" of each VCPU in file order */
  constructor(vcpuNames: readonly string[]) {
    this.vcpuNames = vcpuNames;
  }

  get count(): number {
    return (this.blocks.length - 1) * BLOCK_SWITCHES + this.used;
  }

  /** @param vcpu -1 = idle */
  add(timeNs: number, pcpu: number, vcpu: number): void {
    if (this.used === BLOCK_SWITCHES) {
      this.block = openBlock(this.blocks);
      this.used = 0;
    }
    const i = this.used++;
    this.block.timesNs[i] = timeNs;
    this.block.pcpus[i] = pcpu;
    this.block.vcpus[i] = vcpu;
  }

  /** A switch as "t pcpu who". */
  line(i: number): string {
    const block = this.blocks[Math.floor(i / BLOCK_SWITCHES)]!;
    const at = i % BLOCK_SWITCHES;
    const who = this.vcpuNames[block.vcpus[at]!] ?? IDLE_NAME;
    return `${block.timesNs[at]} ${block.pcpus[at]} ${who}`;
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
