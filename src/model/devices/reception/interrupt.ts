import type { ReceptionKind } from './reception.js';

/** All of a packet is done in the softirq, before any process, as in Linux. */
export interface InterruptInput {
  readonly kind: 'interrupt';
}

export const INTERRUPT: ReceptionKind<InterruptInput> = {
  poll: (_input, packetNs) => ({ polledNs: packetNs, answerNs: packetNs }),
  plan: () => (_kernel, netfront, program) => ({
    program,
    channels: null,
    listen: (client, listener) => netfront.listen(client, listener),
  }),
};
