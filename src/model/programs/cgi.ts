import type { GuestKernel } from '../guest/kernel.js';
import type { Program } from '../guest/program.js';
import type { ProcessBase } from '../input.js';
import type { CgiRequests } from './cgi-requests.js';
import type { ProgramKind } from './program-kind.js';

/**
 * A CGI process: the web server reads the requests of the clients that ask it and hands them over;
 * it computes each page and sends it itself. The server closes.
 */
export interface CgiInput extends ProcessBase {
  readonly program: 'cgi';
  /** The web server process, in the same domain. */
  readonly server: string;
  /** CPU time for one request, without the kernel's work of sending. */
  readonly workNs: number;
}

export const CGI: ProgramKind<CgiInput> = {
  plan:
    ({ name, workNs }, { input }) =>
    ({ kernel, network, cgiRequestsOf }) => {
      const requests = cgiRequestsOf(name);
      const kinds = network.kinds[kernel.domain];
      if (kinds === undefined) throw new Error(`${name}: CGI in a domain without a web server`);
      const costs = { workNs, packetNs: input.costs.guestPacketNs, sendKind: kinds.send };
      return { program: new Cgi(kernel, requests, costs) };
    },
};

interface CgiCosts {
  readonly workNs: number;
  /** The kernel's part of sending a packet, and its ledger kind. */
  readonly packetNs: number;
  readonly sendKind: number;
}

/** One request at a time, in order. */
class Cgi implements Program {
  private readonly kernel: GuestKernel;
  private readonly requests: CgiRequests;
  private readonly costs: CgiCosts;
  private connection = 0;

  constructor(kernel: GuestKernel, requests: CgiRequests, costs: CgiCosts) {
    this.kernel = kernel;
    this.requests = requests;
    this.costs = costs;
  }

  begin(): number {
    const { requests, costs } = this;
    if (requests.waiting.length === 0) return 0;
    this.connection = requests.waiting.shift();
    const segments = requests.listenerOf(this.connection).segmentsOf(this.connection);
    this.kernel.owe(costs.sendKind, segments * costs.packetNs);
    return costs.workNs;
  }

  finish(): void {
    this.requests.listenerOf(this.connection).respond(this.connection);
  }
}
