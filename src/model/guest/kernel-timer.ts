/** The seat of what a kernel's timer tick drives, such as the retransmission timers of its TCP. */
export interface KernelTimer {
  /** The timer tick was taken. */
  tick(): void;
  /** When it next has something to do; Infinity if never: an idle guest sleeps until then. */
  nextTimerNs(): number;
}
