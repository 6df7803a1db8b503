import { isMapping } from '../base/mappings.js';
import type { Definition } from '../definition/definition.js';
import { quantitiesOf } from '../definition/machines/machine-changes.js';
import { NAMED_SECTIONS } from '../definition/settings-schema.js';
import type { SchemaPath } from './parameter-paths.js';

const ABBREVIATIONS = new Map([
  ['pcpus', 'PCPUs'],
  ['vm', 'VM'],
  ['ids', 'IDS'],
  ['nic', 'NIC'],
  ['tcp', 'TCP'],
  ['rtt', 'RTT'],
]);

/** A parameter as people call it. */
export interface ParameterWords {
  /** "Request rate of httperf". */
  readonly title: string;
  /** Without what it belongs to: "request rate". */
  readonly short: string;
  /** Empty if it has none, or says it itself, as a duration does. */
  readonly unit: string;
}

/**
 * Words for a path, from the title and unit that the schema gives its field; a field without a
 * title is called by its key.
 * @param fields of the definition, as `schemaPaths` finds them
 */
export function parameterWords(
  steps: readonly string[],
  fields: readonly SchemaPath[],
  definition: Definition,
): ParameterWords {
  const { title, unit } = declared(steps, fields, definition);
  const [section = '', name = ''] = steps;
  const owner = name === section.replace(/s$/, '') ? `the ${name}` : name;
  const whole = NAMED_SECTIONS.some((one) => one === section) ? `${title} of ${owner}` : title;
  return { title: whole, short: withinText(title), unit };
}

/** A title within a sentence; an abbreviation keeps its capitals. */
export function withinText(title: string): string {
  return /^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

function declared(steps: readonly string[], fields: readonly SchemaPath[], definition: Definition) {
  const [section = '', name = ''] = steps;
  if (section === 'machine_values') {
    const quantity = definition.variants
      .flatMap(({ machine }) => quantitiesOf(machine))
      .find(([key]) => key === name)?.[1];
    return { title: inWords(name), unit: quantity?.unit ?? '' };
  }
  const path = steps.join('.');
  const schema = fields.find((one) => one.steps.join('.') === path)?.schema;
  const { title, unit } = isMapping(schema) ? schema : {};
  return {
    title: typeof title === 'string' ? title : inWords(steps.at(-1) ?? ''),
    unit: typeof unit === 'string' ? unit : '',
  };
}

/** "Park below" for `park_below`, "PCPUs" for `pcpus`. */
function inWords(key: string): string {
  const words = key
    .split('_')
    .map((word) => ABBREVIATIONS.get(word) ?? word)
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
