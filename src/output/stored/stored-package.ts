import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { throwProblems } from '../../base/faults.js';
import { InputError } from '../../base/input-error.js';
import { allowedMessage, problemsOf } from '../../base/problems.js';
import { fileNameField } from '../../definition/fields.js';
import { readYamlFile } from '../../files/read-yaml.js';
import { DESCRIPTOR } from '../folder/descriptor.js';

const text = z.string();
const name = z.string().min(1);

const figureSchema = z.object({
  id: fileNameField,
  number: z.union([z.number(), z.string()]),
  title: text,
  y_label: text,
  y_unit: text,
  is_main: z.boolean(),
  lines: z.array(z.object({ variant: name, place: z.int().min(0), metric: name, label: text })),
  limit: z.object({ value: z.number(), label: text }).nullable(),
});

const variantSchema = z.object({
  id: fileNameField,
  title: text,
  description: text,
  headlines: z.array(name),
});

const fieldSchema = z.object({
  name,
  title: text.optional(),
  unit: text.optional(),
  description: text.optional(),
});

/** What is needed of a data package to rebuild a result; it says more. */
const packageSchema = z.object({
  name: fileNameField,
  title: text,
  offloadcage: z.object({
    version: name,
    definition_hash: name,
    seeds: z.array(z.int()).min(1),
    duration_s: z.number(),
    warmup_s: z.number(),
    sample_s: z.number(),
    description: text,
    paper: text,
    variants: z.array(variantSchema).min(1),
    figures: z.array(figureSchema),
    unjudged: z.array(z.object({ id: name, figure: text, statement: text, reason: text })),
  }),
  resources: z.array(
    z.object({
      path: name,
      schema: z.object({ fields: z.array(fieldSchema) }).optional(),
    }),
  ),
});

/** The data package of a result folder, checked. */
export type StoredPackage = z.output<typeof packageSchema>;
export type StoredFigure = z.output<typeof figureSchema>;
export type StoredField = z.output<typeof fieldSchema>;

/** A variant takes some 20 kB, as each of its columns is described. */
const MOST_BYTES = 5_000_000;

/**
 * Reads the data package of a result folder.
 * @throws InputError with file, line, field, value and what is allowed
 */
export function readStoredPackage(folder: string): StoredPackage {
  const path = join(folder, DESCRIPTOR);
  if (!existsSync(path)) {
    throw new InputError(
      `${folder}: got no ${DESCRIPTOR} in it; ` +
        "allowed: a folder with one experiment's results, such as results/snort",
    );
  }
  // JSON is YAML, too, and in this way a fault has a line.
  const file = readYamlFile(path, path, MOST_BYTES);
  const parsed = packageSchema.safeParse(file.value, { error: allowedMessage });
  if (!parsed.success) throwProblems(file, problemsOf(parsed.error, file.value));
  return parsed.data as StoredPackage;
}
