import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '../base/input-error.js';
import { unknownName } from '../base/nearest.js';
import { fileNameField } from '../definition/fields.js';
import { definitionJsonSchema, machineJsonSchema } from '../definition/json-schema.js';
import { PACKAGE_ROOT } from './package-root.js';
import { experimentFile, experimentNames, machineFile } from './shipped.js';

/** A file that a new experiment starts with. */
export interface StarterFile {
  readonly name: string;
  readonly content: string;
}

/** What to start with. */
export interface Start {
  /** The shipped experiment to copy; default: a template with comments. */
  readonly from?: string | undefined;
  /** Whether its machine is copied, too. */
  readonly machine: boolean;
}

const TEMPLATE = fileURLToPath(new URL('experiments/templates/experiment.yaml', PACKAGE_ROOT));
const TEMPLATE_ID = 'my-experiment';

/** The command line that the schemas record: it may replace them. */
export const STARTER_COMMAND = 'offloadcage init';

/** The schema that the definition's first line names, so that editors complete and check it. */
const SCHEMA_FILE = 'offloadcage.schema.json';
const MACHINE_SCHEMA_FILE = 'offloadcage.machine.schema.json';

/** All files of a new experiment. */
export interface StarterFiles {
  readonly definition: StarterFile;
  /** Null if none is wanted. */
  readonly machine: StarterFile | null;
  /** Of both. */
  readonly schemas: readonly StarterFile[];
}

/**
 * A definition of this id that runs as it is, and what goes with it.
 * @throws InputError if the id is none, or there is no such experiment
 */
export function starterFiles(
  id: string,
  { from, machine }: Start = { machine: false },
): StarterFiles {
  const checked = fileNameField.safeParse(id);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new InputError(`name: got ${JSON.stringify(id)}; allowed: ${issue?.message}`);
  }
  const name = `${id}.yaml`;
  const content = from === undefined ? fromTemplate(id) : copyOf(from, id);
  const schema = schemaFile(SCHEMA_FILE, definitionJsonSchema());
  if (!machine) return { definition: { name, content }, machine: null, schemas: [schema] };
  const copy = `${id}-machine.yaml`;
  const { text, named } = withMachine(content, copy);
  return {
    definition: { name, content: text },
    machine: { name: copy, content: copyOfMachine(named) },
    schemas: [schema, schemaFile(MACHINE_SCHEMA_FILE, machineJsonSchema())],
  };
}

function schemaFile(name: string, schema: object): StarterFile {
  const recorded = { written_by: STARTER_COMMAND, ...schema };
  return { name, content: `${JSON.stringify(recorded, null, 2)}\n` };
}

function fromTemplate(id: string): string {
  return readFileSync(TEMPLATE, 'utf8').replaceAll(TEMPLATE_ID, id);
}

/** With another id, under which the paper claims nothing. */
function copyOf(experiment: string, id: string): string {
  if (!experimentNames().includes(experiment)) {
    const allowed = 'an experiment that `offloadcage list` shows';
    throw new InputError(unknownName('--from', experiment, experimentNames(), allowed));
  }
  const text = readFileSync(experimentFile(experiment), 'utf8');
  const head = `# A copy of the experiment ${experiment}, to be changed.`;
  return withSchema(text, SCHEMA_FILE, head).replace(/^id: .*$/m, () => `id: ${id}`);
}

function copyOfMachine(name: string): string {
  const text = readFileSync(machineFile(name), 'utf8');
  return withSchema(text, MACHINE_SCHEMA_FILE, `# A copy of the machine ${name}, to be changed.`);
}

/** The text of a shipped file, whose first line names its schema. */
function withSchema(text: string, schema: string, head: string): string {
  return text.replace(/^.*\n/, () => `# yaml-language-server: $schema=${schema}\n${head}\n`);
}

/** A definition on another machine, and the one that it has named; each shipped one names one. */
function withMachine(
  text: string,
  file: string,
): { readonly text: string; readonly named: string } {
  const line = /^machine: ([\w-]+)/m;
  const [, named = ''] = line.exec(text) ?? [];
  return { text: text.replace(line, () => `machine: ${file}`), named };
}
