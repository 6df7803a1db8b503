import type { PacketRing } from '../devices/packet-ring.js';
import type { PacketSocket } from '../devices/packet-socket.js';
import type { Tap } from '../devices/taps.js';
import type { WireSizes } from '../devices/wire-sizes.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Task } from '../guest/task.js';

/** Snort: sleeps on its packet socket, then inspects every packet in it at a cost a packet. */
export class Snort implements Tap {
  readonly socket: PacketSocket;
  private readonly sizes: WireSizes;
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly packetNs: number;

  constructor(
    socket: PacketSocket,
    sizes: WireSizes,
    kernel: GuestKernel,
    task: Task,
    packetNs: number,
  ) {
    this.socket = socket;
    this.sizes = sizes;
    this.kernel = kernel;
    this.task = task;
    this.packetNs = packetNs;
  }

  packet(packet: number): void {
    if (this.take(packet)) this.kernel.wakeTask(this.task);
  }

  batch(ring: PacketRing, count: number): void {
    const { socket, sizes } = this;
    const { missed } = socket;
    for (let at = 0; at < count; at++) {
      at = socket.offerFrom(ring, at, count, sizes);
      if (at < count) this.take(ring.peek(at));
    }
    if (socket.missed - missed < count) this.kernel.wakeTask(this.task);
  }

  begin(): number {
    return this.socket.beginBatch() * this.packetNs;
  }

  finish(): void {
    this.socket.readUpTo(0);
  }

  /** Offers a packet to the socket, which has room again as far as the batch has been read. */
  private take(packet: number): boolean {
    const { socket } = this;
    const bytes = this.sizes.of(packet);
    if (socket.isFullFor(bytes) && socket.batch > 0) {
      socket.readUpTo(Math.ceil(this.task.leftNs / this.packetNs));
    }
    return socket.offer(bytes);
  }
}
