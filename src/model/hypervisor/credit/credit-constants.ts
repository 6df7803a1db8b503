/** Constants of the credit scheduler of Xen 3.3. */

/** Every PCPU's ticker fires this often; whoever runs then pays for a whole tick. */
export const TICK_NS = 10_000_000;
/** The longest a VCPU runs before its PCPU looks for another. */
export const SLICE_NS = 30_000_000;
export const TICKS_PER_ACCOUNTING = 3;
export const CREDITS_PER_TICK = 100;
/** What one PCPU is worth in one accounting period; also the bound of a VCPU's credit. */
export const CREDITS_PER_PERIOD = CREDITS_PER_TICK * TICKS_PER_ACCOUNTING;

/** Just woken with credit left: runs at once. */
export const BOOST = 0;
/** Credit left. */
export const UNDER = -1;
/** Credit used up. */
export const OVER = -2;
/** Only the idle VCPUs. */
export const IDLE = -64;
