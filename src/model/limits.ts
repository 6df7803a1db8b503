/**
 * What an input must respect for the model to be able to represent it. Plain numbers in a file of
 * their own: what shares a file with the model's hot code should not be loaded without it.
 */

/** How many clients there may be, by the bits of a packet. */
export const MAX_CLIENTS = 64;

/**
 * How many interrupt lines a VCPU can have besides the timer's and those of its own devices and
 * event channels, four at most, by the bits of its pending interrupts: one for each guest whose
 * packets it is sent, and one for each exact timer.
 */
export const MAX_EXTRA_LINES = 27;

/** How many connections of a client may be open at a time, by the bits of a packet. */
export const CONNECTIONS_PER_CLIENT = 4096;

/** A jiffy of a guest: its sleeps end with one. */
export { jiffyNsOf, XEN_HZ } from './guest/jiffies.js';
/** Names of a kernel's own tasks: of all, if so many processes read the disk. */
export { IDLE_TASK, kernelTaskNames } from './guest/kernel-tasks.js';
/**
 * Tick of the credit scheduler: nothing in a cage is read more often. Of the credits that a PCPU is
 * worth in a period only whole ones are handed out.
 */
export { CREDITS_PER_PERIOD, TICK_NS } from './hypervisor/credit/credit-constants.js';
/** What SEDF can be set to, and what a domain has before. */
export { SEDF_LIMITS } from './hypervisor/sedf/sedf-constants.js';
