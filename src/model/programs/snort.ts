import { PacketSocket } from '../devices/packet-socket.js';
import type { Tap } from '../devices/taps.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Program } from '../guest/program.js';
import type { Task } from '../guest/task.js';
import type { ProcessBase } from '../input.js';
import { snifferSeries } from '../series.js';
import type { ProgramKind } from './program-kind.js';

/**
 * Snort on a packet socket: on its own domain's interface, in domain 0 on `watches`'s vif, or in a
 * third domain on a device to which domain 0 mirrors that vif.
 */
export interface SnortInput extends ProcessBase {
  readonly program: 'snort';
  /** The domain whose packets it sees. */
  readonly watches: string;
}

export const SNORT: ProgramKind<SnortInput> = {
  worksFor: ({ watches }) => watches,
  plan: ({ name }, { input, task, beneficiary, kernel: { domain }, network: plan }) => {
    plan.listen(domain, beneficiary);
    return ({ kernel, network }) => {
      const { snifferBufferBytes, snifferOverheadBytes } = input.network;
      const socket = new PacketSocket(snifferBufferBytes, snifferOverheadBytes, network.sizes);
      const snort = new Snort(socket, kernel, task, input.costs.snortPacketNs);
      network.tapPoint(domain, beneficiary).add(snort);
      const missed = () => socket.missed;
      return {
        program: snort,
        totals: [
          { key: snifferSeries.offered(name), unit: 'count', read: () => socket.offered },
          { key: snifferSeries.missed(name), unit: 'count', read: missed },
        ],
        queues: [{ name: 'socket', unit: 'packets', length: () => socket.queued, dropped: missed }],
        counters: { 'sniffer buffer full': missed },
      };
    };
  },
};

/** Snort: sleeps on its packet socket, then inspects every packet in it at a cost per packet. */
class Snort implements Program, Tap {
  private readonly socket: PacketSocket;
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
