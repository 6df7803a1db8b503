/** A bounded queue, for the trace. */
export interface WatchedQueue {
  readonly name: string;
  readonly unit: string;
  readonly length: () => number;
  /** How many were dropped for want of room so far. */
  readonly dropped: () => number;
}
