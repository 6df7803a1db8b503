import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '../base/input-error.js';
import { fileNameField } from '../definition/fields.js';
import { definitionJsonSchema } from '../definition/json-schema.js';
import { PACKAGE_ROOT } from './package-root.js';

/** A file that a new experiment starts with. */
export interface StarterFile {
  readonly name: string;
  readonly content: string;
}

const TEMPLATE = fileURLToPath(new URL('experiments/templates/experiment.yaml', PACKAGE_ROOT));
const TEMPLATE_ID = 'my-experiment';

/** The command line that the schema records: it may replace it. */
export const STARTER_COMMAND = 'offloadcage init';

/** The schema that the definition's first line names, so that editors complete and check it. */
export const SCHEMA_FILE = 'offloadcage.schema.json';

/**
 * A definition of this id that runs as it is, and the schema of definitions.
 * @throws InputError if the id is none
 */
export function starterFiles(id: string): { definition: StarterFile; schema: StarterFile } {
  const checked = fileNameField.safeParse(id);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new InputError(`name: got ${JSON.stringify(id)}; allowed: ${issue?.message}`);
  }
  const template = readFileSync(TEMPLATE, 'utf8');
  const schema = { written_by: STARTER_COMMAND, ...definitionJsonSchema() };
  return {
    definition: { name: `${id}.yaml`, content: template.replaceAll(TEMPLATE_ID, id) },
    schema: { name: SCHEMA_FILE, content: `${JSON.stringify(schema, null, 2)}\n` },
  };
}
