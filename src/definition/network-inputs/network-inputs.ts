import type { z } from 'zod';
import type { DomainInput, ReceptionName } from '../../model/input.js';
import { kindField } from '../fields.js';
import { INTERRUPT } from './interrupt.js';
import { LRP } from './lrp.js';
import type { NetworkInputDefinition } from './network-input-definition.js';

/** Every way to receive packets, by the name that its settings have under `input`. */
const NETWORK_INPUTS = {
  interrupt: INTERRUPT,
  lrp: LRP,
} satisfies { [Name in ReceptionName]: { readonly schema: z.ZodObject } };

/** How a domain's kernel receives packets. */
export const guestNetworkSchema = kindField('input', {
  interrupt: INTERRUPT.schema,
  lrp: LRP.schema,
})
  .prefault({})
  .describe('Where its kernel receives packets.');

type NetworkSettings = z.output<typeof guestNetworkSchema>;

/** Those with which the process receives by itself. */
export const BY_PROCESS = Object.entries(NETWORK_INPUTS).flatMap(([name, { isByProcess }]) =>
  isByProcess ? [name] : [],
);

/** The model's input; nothing for a kernel that receives as all of the paper's do. */
export function resolveNetworkInput(network: NetworkSettings): Pick<DomainInput, 'reception'> {
  // The list pairs each name with what takes its settings; the compiler cannot follow that.
  const definition = NETWORK_INPUTS[network.input] as unknown as NetworkInputDefinition<
    ReceptionName,
    z.ZodObject
  >;
  const reception = definition.resolve(network);
  return reception.kind === 'interrupt' ? {} : { reception };
}
