import type { Choices, Point } from './points.js';

/** What a reading takes at an open point, and why. */
export interface Choice<Value> {
  readonly value: Value;
  readonly reason: string;
}

/** Every open point decided. */
export type Decided = { readonly [P in Point]: Choice<Choices[P]> };

/**
 * A coherent choice of everything that the paper leaves open: what somebody who reads it so would
 * have built and measured. Claims are asked of each. The costs of the machine are no such point:
 * they stay as they were fitted under the reference.
 */
export interface Reading {
  /** Head of its column. */
  readonly id: string;
  readonly title: string;
  /** What its choices have in common. */
  readonly idea: string;
  readonly choices: Decided;
}
