import type { PacketSocket } from '../devices/packet-socket.js';
import type { Tap } from '../devices/taps.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Task } from '../guest/task.js';

/** Snort: sleeps on its packet socket, then inspects every packet in it at a cost a packet. */
export class Snort implements Tap {
  readonly socket: PacketSocket;
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  private readonly packetNs: number;

  constructor(socket: PacketSocket, kernel: GuestKernel, task: Task, packetNs: number) {
    this.socket = socket;
    this.kernel = kernel;
    this.task = task;
    this.packetNs = packetNs;
  }

  packet(packet: number): void {
    if (this.socket.isFullFor(packet)) this.freeWhatIsRead();
    if (this.socket.offer(packet)) this.kernel.wakeTask(this.task);
  }

  batch(packets: Int32Array, from: number, to: number): void {
    const { socket } = this;
    const { missed } = socket;
    let at = socket.offerUntilFull(packets, from, to);
    if (at < to) {
      this.freeWhatIsRead();
      at = socket.offerUntilFull(packets, at, to);
    }
    if (at < to) {
      socket.offerAll(packets, at, to);
      if (socket.missed - missed === to - from) return;
    }
    this.kernel.wakeTask(this.task);
  }

  begin(): number {
    return this.socket.beginBatch() * this.packetNs;
  }

  finish(): void {
    this.socket.readUpTo(0);
  }

  /** The socket has room again as far as the batch has been read. */
  private freeWhatIsRead(): void {
    const { socket } = this;
    if (socket.batch > 0) socket.readUpTo(Math.ceil(this.task.leftNs / this.packetNs));
  }
}
