import { INTERRUPT } from './interrupt.js';
import { LRP } from './lrp.js';
import type { MakeReceiver, PollCosts, ReceiverSite, ReceptionKind } from './reception.js';

/** Every way to receive packets, by the name that its input has under `kind`. */
const RECEPTIONS = {
  interrupt: INTERRUPT,
  lrp: LRP,
};

type Receptions = typeof RECEPTIONS;
export type ReceptionName = keyof Receptions;
type InputOf<Kind> = Kind extends ReceptionKind<infer Input> ? Input : never;

/** How a guest's kernel receives packets, by kind. */
export type ReceptionInput = { [Name in ReceptionName]: ReceptionInputOf<Name> }[ReceptionName];

/** This way of receiving packets. */
export type ReceptionInputOf<Name extends ReceptionName> = InputOf<Receptions[Name]>;

/** What is left out in an input: as in Linux. */
const AS_IN_LINUX: ReceptionInput = { kind: 'interrupt' };

/** What a packet costs in netfront's poll, if all of it costs `packetNs`. */
export function pollCosts(input: ReceptionInput = AS_IN_LINUX, packetNs: number): PollCosts {
  return kindOf(input).poll(input, packetNs);
}

/** Plans the receiver of a process that listens to clients. */
export function planReceiver(
  input: ReceptionInput = AS_IN_LINUX,
  site: ReceiverSite,
): MakeReceiver {
  return kindOf(input).plan(input, site);
}

function kindOf({ kind }: ReceptionInput) {
  // The list pairs each name with what takes its input; the compiler cannot follow that.
  return RECEPTIONS[kind] as ReceptionKind<ReceptionInput>;
}
