import { LrpReceiver } from './lrp-receiver.js';
import type { ReceptionKind } from './reception.js';

/** LRP in a guest's kernel (Druschel and Banga, OSDI 1996). */
export interface LrpInput {
  readonly kind: 'lrp';
  /** The part of a packet's cost in the guest that goes into finding its socket, in percent. */
  readonly demuxSharePct: number;
  /** Packets that wait for one socket at most. */
  readonly channelSlots: number;
}

export const LRP: ReceptionKind<LrpInput> = {
  poll: (lrp, packetNs) => ({ polledNs: demuxNs(lrp, packetNs), answerNs: 0 }),
  plan: (lrp, { task, kernel: { kinds }, beneficiary, packetNs }) => {
    const kind = kinds.add('kernel', 'TCP, by the receiver', beneficiary);
    const protocolNs = Math.max(1, packetNs - demuxNs(lrp, packetNs));
    const costs = { protocolNs, answerNs: packetNs, kind };
    return (kernel, netfront, program) =>
      new LrpReceiver(kernel, task, netfront, program, lrp.channelSlots, costs);
  },
};

/** CPU time of a received packet in the softirq, where nothing but its socket is found. */
function demuxNs({ demuxSharePct }: LrpInput, packetNs: number): number {
  return Math.max(1, Math.round((packetNs * demuxSharePct) / 100));
}
