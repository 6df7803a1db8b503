/** Interrupts of domain 0, next to the timer. */
export const NIC_IRQ = 1;
export const NETBACK_IRQ = 2;
export const DISK_IRQ = 3;
export const BLKBACK_IRQ = 4;
/** Interrupts of every other domain. */
export const NETFRONT_IRQ = 1;
export const BLKFRONT_IRQ = 2;
