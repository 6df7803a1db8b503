import { z } from 'zod';
import { isMapping } from '../base/mappings.js';
import { descriptionOf, said, shapeFor, unwrapped } from './field-schemas.js';
import { written } from './parameters.js';
import { type Settings, settingsSchema } from './settings-schema.js';

/**
 * A setting whose value nobody has read or measured: a number or duration whose field says that
 * its `origin` is `assumed`.
 */
export interface AssumedSetting {
  /** What all settings of its kind are called, whatever they belong to: `network.channel`. */
  readonly name: string;
  /** With what it belongs to: `domains.vm1.network.channel`. */
  readonly setting: string;
  /** As the settings have it: durations in nanoseconds. */
  readonly value: number;
  /** As a user would write it. */
  readonly written: unknown;
  readonly description: string;
}

/** What is assumed in some settings, in the order of the schema. */
export function assumedIn(settings: Settings): AssumedSetting[] {
  const found: AssumedSetting[] = [];
  walk(settingsSchema, settings, { keys: [], steps: [] }, (field, value, { keys, steps }) => {
    found.push({
      name: nameOf(keys),
      setting: steps.join('.'),
      value,
      written: written(field, value),
      description: descriptionOf(field),
    });
    return value;
  });
  return found;
}

/** Settings whose assumed ones are so many times what they are, by name, as far as they may be. */
export function withAssumed(settings: Settings, factors: ReadonlyMap<string, number>): Settings {
  const change: Change = (field, value, { keys }) => {
    const factor = factors.get(nameOf(keys)) ?? 1;
    return factor === 1 ? value : allowed(field, value * factor);
  };
  return walk(settingsSchema, settings, { keys: [], steps: [] }, change) as Settings;
}

/** A place: the keys that the schema has on the way, and these with the names between them. */
interface Place {
  readonly keys: readonly string[];
  readonly steps: readonly string[];
}

type Change = (field: z.core.$ZodType, value: number, place: Place) => number;

/** Within its section. */
function nameOf([, ...keys]: readonly string[]): string {
  return keys.join('.');
}

/** A checked value with each assumed number in it changed. */
function walk(
  field: z.core.$ZodType,
  value: unknown,
  { keys, steps }: Place,
  change: Change,
): unknown {
  if (typeof value === 'number' && said(field, 'origin') === 'assumed') {
    return change(field, value, { keys, steps });
  }
  if (!isMapping(value)) return value;
  const inner = unwrapped(field);
  const areNames = inner instanceof z.ZodRecord;
  const shape = shapeFor(inner, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const own = shape[key];
      const place = { keys: areNames ? keys : [...keys, key], steps: [...steps, key] };
      return [key, own === undefined ? part : walk(own, part, place, change)];
    }),
  );
}

/** The nearest value that a field takes: whole nanoseconds and packets, within its bounds. */
function allowed(field: z.core.$ZodType, value: number): number {
  const inner = unwrapped(field);
  if (!(inner instanceof z.ZodNumber)) return Math.max(1, Math.round(value));
  const whole = inner.isInt ? Math.round(value) : value;
  return Math.min(Math.max(whole, inner.minValue ?? -Infinity), inner.maxValue ?? Infinity);
}
