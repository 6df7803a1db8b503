import { z } from 'zod';

/**
 * What a variant may say instead of `schema`: every field may be left out, null takes a field or an
 * entry away. Whether the result makes sense is checked after the merge, by `schema` itself.
 */
export function overrideOf(schema: z.core.$ZodType): z.ZodType {
  return describe(schema, overrideWithin(schema));
}

function overrideWithin(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) return overrideShape(schema.shape);
  if (schema instanceof z.ZodRecord) {
    const key = schema.keyType as z.core.$ZodRecordKey;
    return z.record(key, overrideOf(schema.valueType).nullable());
  }
  if (schema instanceof z.ZodDiscriminatedUnion) return overrideUnion(schema);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return overrideOf(schema.def.innerType);
  }
  if (schema instanceof z.ZodOptional) return overrideOf(schema.def.innerType);
  return schema as z.ZodType;
}

/** A variant may change some fields of one kind, or the kind: any field of any kind is allowed. */
function overrideUnion(union: z.ZodDiscriminatedUnion): z.ZodType {
  const shape: Record<string, z.core.$ZodType> = {};
  const { discriminator } = union.def;
  const kinds: z.core.util.Literal[] = [];
  const descriptions: string[] = [];
  for (const option of union.options) {
    if (!(option instanceof z.ZodObject)) continue;
    for (const [key, field] of Object.entries(option.shape)) shape[key] = either(shape[key], field);
    const named = option.shape[discriminator];
    const kind = named instanceof z.ZodDefault ? named.def.innerType : named;
    if (!(kind instanceof z.ZodLiteral)) continue;
    kinds.push(...kind.values);
    descriptions.push(`${String(kind.value)}: ${kind.description ?? ''}`);
  }
  shape[discriminator] = z.literal(kinds).describe(descriptions.join(' '));
  return overrideShape(shape);
}

/** A field that kinds have in common need not be the same in each. */
function either(before: z.core.$ZodType | undefined, field: z.core.$ZodType): z.core.$ZodType {
  return before === undefined || before === field ? field : z.union([before, field]);
}

function overrideShape(shape: Readonly<Record<string, z.core.$ZodType>>): z.ZodType {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(shape).map(([key, field]) => [key, overrideOf(field).nullish()]),
    ),
  );
}

function describe(from: z.core.$ZodType, to: z.ZodType): z.ZodType {
  const description = from instanceof z.ZodType ? from.description : undefined;
  return description === undefined ? to : to.describe(description);
}
