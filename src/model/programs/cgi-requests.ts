import { clientOfConnection } from '../devices/packet.js';
import { PacketRing } from '../devices/packet-ring.js';
import type { TcpListener } from '../devices/tcp-listener.js';
import type { GuestKernel } from '../guest/kernel.js';
import type { Task } from '../guest/task.js';
import { CONNECTIONS_PER_CLIENT } from '../limits.js';

/** What a web server hands to a CGI process: connections whose requests it has read, in order. */
export class CgiRequests {
  readonly waiting: PacketRing;
  private readonly kernel: GuestKernel;
  private readonly task: Task;
  /** By client index. */
  private readonly listeners: (TcpListener | undefined)[] = [];

  /** `task` is the CGI process's. */
  constructor(kernel: GuestKernel, task: Task, clients: number) {
    this.waiting = new PacketRing(clients * CONNECTIONS_PER_CLIENT);
    this.kernel = kernel;
    this.task = task;
  }

  /** The server hands over the requests of a client. */
  listen(client: number, listener: TcpListener): void {
    this.listeners[client] = listener;
  }

  add(connection: number): void {
    if (!this.waiting.push(connection)) throw new Error('CGI: too many requests');
    this.kernel.wakeTask(this.task);
  }

  listenerOf(connection: number): TcpListener {
    return this.listeners[clientOfConnection(connection)]!;
  }
}
