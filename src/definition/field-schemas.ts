import { z } from 'zod';
import { isMapping } from '../base/mappings.js';

/** A schema without what only says what stands for nothing. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return isWrapper(schema) ? unwrapped(schema.def.innerType) : schema;
}

/** The schema of the entries of a mapping of names. */
export function entrySchema(schema: z.core.$ZodType): z.core.$ZodType {
  const record = unwrapped(schema);
  if (!(record instanceof z.ZodRecord)) throw new TypeError('the schema is no mapping of names');
  return record.valueType as z.core.$ZodType;
}

/** The fields of a checked value by its schema; of a mapping of names, those that it has. */
export function shapeFor(
  schema: z.core.$ZodType,
  value: unknown,
): Readonly<Record<string, z.core.$ZodType>> {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodObject) return inner.shape;
  if (inner instanceof z.ZodDiscriminatedUnion) {
    const kind = inner.options.find((option) => fitsKind(option, inner.def.discriminator, value));
    return kind === undefined ? {} : shapeFor(kind, value);
  }
  if (inner instanceof z.ZodRecord && isMapping(value)) {
    const entry = entrySchema(inner);
    return Object.fromEntries(Object.keys(value).map((name) => [name, entry]));
  }
  return {};
}

/** What a field says of itself; of a default without a word, what is said of what it stands for. */
export function said(field: z.core.$ZodType, key: 'description' | 'origin'): unknown {
  const own = z.globalRegistry.get(field)?.[key];
  return own === undefined && isWrapper(field) ? said(field.def.innerType, key) : own;
}

/** Its description; empty if it has none. */
export function descriptionOf(field: z.core.$ZodType): string {
  return String(said(field, 'description') ?? '');
}

function fitsKind(option: z.core.$ZodType, discriminator: string, value: unknown): boolean {
  if (!(option instanceof z.ZodObject) || !isMapping(value)) return false;
  return z.safeParse(option.shape[discriminator], value[discriminator]).success;
}

function isWrapper(schema: z.core.$ZodType) {
  return (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  );
}
