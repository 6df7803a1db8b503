import { Blkback } from '../devices/blkback.js';
import { Blkfront } from '../devices/blkfront.js';
import { type BlockEvents, BlockRing } from '../devices/block-ring.js';
import { Disk } from '../devices/disk.js';
import { type BlockKinds, Dom0Block } from '../devices/dom0-block.js';
import { BLKFRONT_IRQ } from '../devices/irqs.js';
import { LoopDevice } from '../devices/loop-device.js';
import type { Clock } from '../engine/clock.js';
import type { EventQueue } from '../engine/event-queue.js';
import { RandomStream } from '../engine/random-stream.js';
import { PAGE_BYTES } from '../guest/block-device.js';
import type { GuestKernel } from '../guest/kernel.js';
import { PageCache } from '../guest/page-cache.js';
import { ReadAhead } from '../guest/read-ahead.js';
import { PROGRAM_BLKBACK, PROGRAM_LOOP_DEVICE, type Task } from '../guest/task.js';
import type { ModelInput, TripwireInput } from '../input.js';
import { DISK_INTERRUPT, type Slots } from '../machine-slots.js';
import { FileTree } from '../workloads/file-tree.js';
import { Tripwire } from '../workloads/tripwire.js';
import type { KernelPlan } from './kernel-plan.js';
import { domainIndex } from './topology.js';

/** Linux 2.6 runs the threads of loop devices at the highest nice value, other threads at -5. */
const LOOP_NICE = -20;
const BLKBACK_NICE = -5;

/** The disk, and what lies between it and the programs that read it. */
export interface Storage {
  readonly disk: Disk;
  readonly dom0Block: Dom0Block;
  /** By reader of the disk: each Tripwire has a loop device. */
  readonly loops: readonly LoopDevice[];
  readonly tripwires: readonly Tripwire[];
  /** By reader of the disk: domain 0's end of its virtual disk, if it has one. */
  readonly blkbacks: readonly (Blkback | undefined)[];
  /** By domain index: the guest's ends. */
  readonly blkfronts: readonly (readonly Blkfront[])[];
}

/** The tasks and kinds of work that one Tripwire needs in the kernels, besides its own. */
interface ReaderPlan {
  readonly process: TripwireInput;
  readonly task: Task;
  readonly domain: number;
  readonly readKind: number;
  readonly loopTask: Task;
  readonly dom0Kinds: BlockKinds;
  /** For a Tripwire that reads its domain's virtual disk; null in domain 0. */
  readonly virtualDisk: {
    readonly blkbackTask: Task;
    readonly blkfrontKind: number;
    readonly interruptKind: number;
  } | null;
}

/** Adds what every Tripwire needs to the plans; `tasks` are those of the processes. */
export function planStorage(
  input: ModelInput,
  plans: readonly KernelPlan[],
  tasks: readonly Task[],
): ReaderPlan[] {
  const plansOf: ReaderPlan[] = [];
  input.processes.forEach((process, i) => {
    if (process.program !== 'tripwire') return;
    plansOf.push(planReader(input, plans, process, tasks[i]!, plansOf.length));
  });
  return plansOf;
}

function planReader(
  input: ModelInput,
  plans: readonly KernelPlan[],
  process: TripwireInput,
  task: Task,
  reader: number,
): ReaderPlan {
  const dom0 = plans[0]!;
  const domain = domainIndex(input, process.domain);
  const vm = domainIndex(input, process.watches);
  const { kinds } = plans[domain]!;
  const readKind = kinds.addDisk('kernel', 'file reads', vm);
  const loopKind = dom0.kinds.addDisk('kernel', 'loop device', vm);
  const loopTask = dom0.addThread(
    `loop${reader}`,
    PROGRAM_LOOP_DEVICE,
    reader,
    loopKind,
    LOOP_NICE,
  );
  const dom0Kinds = {
    interrupt: dom0.kinds.addDisk('interrupt', 'disk interrupts', vm),
    softirq: dom0.kinds.addDisk('softirq', 'block', vm),
  };
  const plan = { process, task, domain, readKind, loopTask, dom0Kinds };
  if (domain === 0) return { ...plan, virtualDisk: null };
  const backKind = dom0.kinds.addDisk('kernel', 'blkback', vm);
  const name = `blkback${reader}`;
  const blkbackTask = dom0.addThread(name, PROGRAM_BLKBACK, reader, backKind, BLKBACK_NICE);
  const blkfrontKind = kinds.addDisk('kernel', 'blkfront', vm);
  const interruptKind = kinds.addDisk('interrupt', 'disk interrupts', vm);
  return { ...plan, virtualDisk: { blkbackTask, blkfrontKind, interruptKind } };
}

/** Builds the disk and everything that reads it; null if nothing does. */
export function makeStorage(
  input: ModelInput,
  seed: number,
  clock: Clock,
  queue: EventQueue,
  slots: Slots,
  kernels: readonly GuestKernel[],
  readers: readonly ReaderPlan[],
  events: BlockEvents,
): Storage | null {
  if (readers.length === 0) return null;
  if (input.disk === null) throw new Error('Tripwire on a machine without a disk');
  const random = new RandomStream(seed, 'disk.rotation');
  const slot = slots.first[DISK_INTERRUPT]!;
  const disk = new Disk(clock, queue, slot, input.disk, random, readers.length);
  const cachePages = Math.floor(input.disk.pageCacheBytes / PAGE_BYTES);
  const caches = input.domains.map(() => new PageCache(cachePages));
  const loops: LoopDevice[] = [];
  const blkbacks: (Blkback | undefined)[] = [];
  const blkfronts: Blkfront[][] = input.domains.map(() => []);
  let imagePage = 0;
  const tripwires = readers.map((reader) => {
    const random = new RandomStream(seed, `${reader.process.name}.files`);
    const tree = new FileTree(reader.process.tree, random);
    const { loopTask, domain } = reader;
    const loop = new LoopDevice(kernels[0]!, loopTask, disk, imagePage, input.costs.loopMbNs);
    // Images lie apart: the disk never goes from one to the next without a seek.
    imagePage += tree.imagePages + 1;
    loops.push(loop);
    let device: LoopDevice | Blkfront = loop;
    if (reader.virtualDisk !== null) {
      const { front, back } = makeVirtualDisk(input, kernels, reader, loop, events);
      blkbacks[loopTask.instance] = back;
      blkfronts[domain]!.push(front);
      device = front;
    }
    return makeTripwire(input, kernels[domain]!, reader, tree, device, caches[domain]!);
  });
  const kinds = readers.map((reader) => reader.dom0Kinds);
  const { diskRequestNs } = input.costs;
  const dom0Block = new Dom0Block(kernels[0]!, disk, loops, blkbacks, kinds, diskRequestNs);
  return { disk, dom0Block, loops, blkbacks, blkfronts, tripwires };
}

/** Both ends of a virtual disk on a loop device. */
function makeVirtualDisk(
  { costs }: ModelInput,
  kernels: readonly GuestKernel[],
  { domain, virtualDisk, loopTask }: ReaderPlan,
  loop: LoopDevice,
  events: BlockEvents,
): { readonly front: Blkfront; readonly back: Blkback } {
  const { blkbackTask, blkfrontKind, interruptKind } = virtualDisk!;
  const dom0 = kernels[0]!;
  const guest = kernels[domain]!;
  guest.irqKinds[BLKFRONT_IRQ] = interruptKind;
  const ring = new BlockRing(domain, loopTask.instance);
  const front = new Blkfront(guest, ring, events, blkfrontKind, costs.blkfrontRequestNs);
  const back = new Blkback(dom0, blkbackTask, ring, loop, events, costs.blkbackRequestNs);
  loop.connect(back);
  return { front, back };
}

function makeTripwire(
  { costs }: ModelInput,
  kernel: GuestKernel,
  { process, task, readKind }: ReaderPlan,
  tree: FileTree,
  device: LoopDevice | Blkfront,
  cache: PageCache,
): Tripwire {
  const readAhead = new ReadAhead(device, cache, cache.reserve(tree.imagePages));
  const tripwire = new Tripwire(tree, kernel, task, readAhead, process.everyNs, {
    fileNs: costs.tripwireFileNs,
    hashMbNs: costs.tripwireMbNs,
    readMbNs: costs.fileReadMbNs,
    readKind,
  });
  device.connect(tripwire);
  return tripwire;
}
