/** What an input must respect for the model to be able to represent it. */
export { CONNECTIONS_PER_CLIENT, MAX_CLIENTS } from './devices/packet.js';
/** Tick of the credit scheduler: nothing in a cage is read more often. */
export { TICK_NS } from './hypervisor/credit-constants.js';
