import { z } from 'zod';
import { formatDuration } from '../base/duration.js';
import { isMapping } from '../base/mappings.js';
import { descriptionOf, shapeFor, unwrapped } from './field-schemas.js';

/** One setting as `show` explains it. */
export interface Parameter {
  readonly name: string;
  /** As a user would write it: durations with their unit. */
  readonly value: unknown;
  /** Whether the value is what it would be without saying anything. */
  readonly isDefault: boolean;
  /** What it means and why its default is what it is. */
  readonly description: string;
}

/** The parameters of a checked value, by the schema that has checked it; both from the top. */
export function parametersOf(schema: z.core.$ZodType, value: unknown): Parameter[] {
  return Object.entries(shapeFor(schema, value)).flatMap(([name, field]) => {
    const own = isMapping(value) ? value[name] : undefined;
    // A mapping that is left out says nothing.
    if (own === undefined && unwrapped(field) instanceof z.ZodObject) return [];
    const byDefault = z.safeParse(field, undefined);
    return {
      name,
      value: written(field, own),
      isDefault: byDefault.success && JSON.stringify(byDefault.data) === JSON.stringify(own),
      description: descriptionOf(field),
    };
  });
}

/** A value as it would be written in a definition. */
export function written(schema: z.core.$ZodType, value: unknown): unknown {
  const inner = unwrapped(schema);
  // Durations are the only fields that are transformed: into nanoseconds.
  if (inner instanceof z.ZodPipe && typeof value === 'number') return formatDuration(value);
  if (!isMapping(value)) return value;
  const shape = shapeFor(inner, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const field = shape[key];
      return [key, field === undefined ? part : written(field, part)];
    }),
  );
}
