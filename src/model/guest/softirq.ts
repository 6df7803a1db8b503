/**
 * The seat of a softirq's handler. Softirqs that are raised at the same time run in the order in
 * which they were opened.
 */
export interface Softirq {
  /**
   * Takes the next batch, sets the kernel's `kind` to what it is booked under, and returns its CPU
   * time in ns; 0 = no work.
   */
  begin(): number;
  /** The batch is done: its effects come now. */
  finish(): void;
}
