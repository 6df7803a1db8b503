import { z } from 'zod';
import { formatDuration } from '../base/duration.js';
import { isMapping } from '../base/mappings.js';

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

/** The schema of the entries of a mapping of names. */
export function entrySchema(schema: z.core.$ZodType): z.core.$ZodType {
  const record = unwrapped(schema);
  if (!(record instanceof z.ZodRecord)) throw new TypeError('the schema is no mapping of names');
  return record.valueType as z.core.$ZodType;
}

function shapeFor(
  schema: z.core.$ZodType,
  value: unknown,
): Readonly<Record<string, z.core.$ZodType>> {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodObject) return inner.shape;
  if (inner instanceof z.ZodDiscriminatedUnion) {
    const kind = inner.options.find((option) => fitsKind(option, inner.def.discriminator, value));
    return kind === undefined ? {} : shapeFor(kind, value);
  }
  return {};
}

function fitsKind(option: z.core.$ZodType, discriminator: string, value: unknown): boolean {
  if (!(option instanceof z.ZodObject) || !isMapping(value)) return false;
  return z.safeParse(option.shape[discriminator], value[discriminator]).success;
}

/** A value as it would be written in a definition. */
function written(schema: z.core.$ZodType, value: unknown): unknown {
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

/** What a field says of itself; of a default without a word, what is said of what it stands for. */
function descriptionOf(field: z.core.$ZodType): string {
  const own = z.globalRegistry.get(field)?.description;
  if (own !== undefined) return own;
  return isWrapper(field) ? descriptionOf(field.def.innerType) : '';
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return isWrapper(schema) ? unwrapped(schema.def.innerType) : schema;
}

function isWrapper(schema: z.core.$ZodType) {
  return (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  );
}
