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
  private inBatch = false;

  constructor(socket: PacketSocket, kernel: GuestKernel, task: Task, packetNs: number) {
    this.socket = socket;
    this.kernel = kernel;
    this.task = task;
    this.packetNs = packetNs;
  }

  packet(bytes: number): void {
    if (this.inBatch && this.socket.isFullFor(bytes)) {
      this.socket.readUpTo(Math.ceil(this.task.leftNs / this.packetNs));
    }
    if (this.socket.offer(bytes)) this.kernel.wakeTask(this.task);
  }

  begin(): number {
    const packets = this.socket.beginBatch();
    this.inBatch = packets > 0;
    return packets * this.packetNs;
  }

  finish(): void {
    this.inBatch = false;
    this.socket.readUpTo(0);
  }
}
