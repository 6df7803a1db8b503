import type { Chassis } from '../chassis.js';
import { RandomStream } from '../engine/random-stream.js';
import { PAGE_BYTES } from '../guest/block-device.js';
import { EventChannel } from '../guest/event-channel.js';
import type { InterruptLine } from '../guest/interrupt-line.js';
import type { GuestKernel } from '../guest/kernel.js';
import { PageCache } from '../guest/page-cache.js';
import type { ModelInput } from '../input.js';
import { DISK_INTERRUPT } from '../machine-slots.js';
import { Blkback } from './blkback.js';
import { Blkfront } from './blkfront.js';
import { BlockRing } from './block-ring.js';
import { Disk } from './disk.js';
import { Dom0Block } from './dom0-block.js';
import { LoopDevice } from './loop-device.js';
import type { ImagePlan, StoragePlan } from './storage-plan.js';

/** The machine's storage; null if nothing reads it. */
export function makeStorage(
  chassis: Chassis,
  kernels: readonly GuestKernel[],
  { images }: StoragePlan,
): Storage | null {
  return images.length === 0 ? null : new Storage(chassis, kernels, images);
}

/** The disk, and what lies between it and the processes that read it. */
export class Storage {
  readonly disk: Disk;
  readonly dom0Block: Dom0Block;
  private readonly input: ModelInput;
  private readonly kernels: readonly GuestKernel[];
  /** By domain index. */
  private readonly caches: readonly PageCache[];
  private readonly blkfronts: readonly Blkfront[][];
  private readonly blkfrontLines: (InterruptLine | undefined)[] = [];
  private nextPage = 0;

  /** At least one image is planned. */
  constructor(
    { input, seed, clock, queue, slots }: Chassis,
    kernels: readonly GuestKernel[],
    images: readonly ImagePlan[],
  ) {
    if (input.disk === null) throw new Error('a reader of files on a machine without a disk');
    this.input = input;
    this.kernels = kernels;
    const random = new RandomStream(seed, 'disk.rotation');
    const slot = slots.first[DISK_INTERRUPT]!;
    this.disk = new Disk(clock, queue, slot, input.disk, random, images.length);
    const cachePages = Math.floor(input.disk.pageCacheBytes / PAGE_BYTES);
    this.caches = input.domains.map(() => new PageCache(cachePages));
    this.blkfronts = input.domains.map(() => []);
    const kinds = images.map((image) => image.dom0Kinds);
    this.dom0Block = new Dom0Block(kernels[0]!, this.disk, kinds, input.costs.diskRequestNs);
  }

  /** What the reader of an image opens: a device of so many pages, and its kernel's cache. */
  open(
    image: ImagePlan,
    pages: number,
  ): { readonly device: LoopDevice | Blkfront; readonly cache: PageCache } {
    const { loopMbNs } = this.input.costs;
    const { reader, loopTask } = image;
    const loop = new LoopDevice(
      this.kernels[0]!,
      loopTask,
      this.disk,
      reader,
      this.nextPage,
      loopMbNs,
    );
    loopTask.program = loop;
    // Images lie apart: the disk never goes from one to the next without a seek.
    this.nextPage += pages + 1;
    this.dom0Block.attach(reader, loop);
    const device = image.virtualDisk === null ? loop : this.virtualDisk(image, loop);
    return { device, cache: this.caches[image.domain]! };
  }

  /** Both ends of a virtual disk on a loop device. */
  private virtualDisk({ domain, reader, virtualDisk }: ImagePlan, loop: LoopDevice): Blkfront {
    const { blkbackTask, blkfrontKind, interruptKind } = virtualDisk!;
    const { blkfrontRequestNs, blkbackRequestNs } = this.input.costs;
    const guest = this.kernels[domain]!;
    const ring = new BlockRing(
      new EventChannel(this.blkfrontLine(domain), interruptKind),
      this.dom0Block.channel(reader),
    );
    const front = new Blkfront(guest, ring, blkfrontKind, blkfrontRequestNs);
    const back = new Blkback(this.kernels[0]!, blkbackTask, ring, loop, blkbackRequestNs);
    blkbackTask.program = back;
    loop.connect(back);
    this.blkfronts[domain]!.push(front);
    this.dom0Block.attachBlkback(back);
    return front;
  }

  /** One line for all virtual disks of a guest. */
  private blkfrontLine(domain: number): InterruptLine {
    const known = this.blkfrontLines[domain];
    if (known !== undefined) return known;
    const line = this.kernels[domain]!.addLine();
    const fronts = this.blkfronts[domain]!;
    line.handler = () => {
      for (let i = 0; i < fronts.length; i++) fronts[i]!.interrupt();
    };
    this.blkfrontLines[domain] = line;
    return line;
  }
}
