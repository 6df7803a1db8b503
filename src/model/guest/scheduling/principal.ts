import type { Task } from '../task.js';

/** Whom a kernel charges besides its tasks: a resource principal, such as a container. */
export interface Principal {
  readonly name: string;
  /** CPU time that it was charged, with what is below it. */
  readonly usedNs: number;
  /** Work for it is only done when nothing else is left to do. */
  readonly isLast: boolean;
  /**
   * When to look again whether work for it may go on, as it has had its limit; Infinity if it need
   * not wait.
   */
  resumesNs(nowNs: number): number;
}

/** Whom a kernel charges for what a process does for a socket. */
export interface SocketPrincipals {
  /** The principal of a client's own socket; null if the socket is all clients'. */
  ofClient(name: string): Principal | null;
  /** The current task works for a principal from now on; null for that of its process. */
  bind(task: Task, principal: Principal | null): void;
}
