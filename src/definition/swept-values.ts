import { durationPattern } from '../base/duration.js';

/** How the values of a swept parameter are written as text, for messages. */
export const SWEPT_VALUES_FORM = 'a list 1,2,4, a range from:to:step, or log:from:to:count';

/** A number, or a duration. */
const bound = durationPattern('negative').source.slice(1, -1);
const item = '[^:,]*[^:,\\s][^:,]*';

/** Their form, which the JSON Schema of sweeps has, too. */
export const SWEPT_VALUES = new RegExp(
  `^(?:${item}(?:,${item})*|${bound}:${bound}:${bound}|log:${bound}:${bound}:\\s*\\d+\\s*)$`,
  'u',
);
