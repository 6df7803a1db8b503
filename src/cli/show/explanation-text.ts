import { valueText } from '../../definition/differences.js';
import type { Parameter } from '../../definition/parameters.js';
import { wrap } from '../../output/words/text.js';
import type {
  AssumedExplanation,
  CostExplanation,
  Entity,
  Explanation,
  MachineExplanation,
  VariantExplanation,
} from './explanation.js';

const INDENT = '  ';

/** Below this nothing is legible. */
const MIN_WIDTH = 20;

/** The explanation as text for a terminal of `columns` columns. */
export function explanationText(explanation: Explanation, columns: number): string {
  const [first, ...others] = explanation.variants;
  const lines = [
    `${explanation.id}: ${explanation.title}`,
    ...(explanation.paper === '' ? [] : [`Paper: ${explanation.paper}`]),
    '',
    ...paragraph(explanation.description, columns, ''),
    '',
    'MEASURED',
    ...parameterLines(explanation.timing, INDENT, columns),
    ...(explanation.figures.length === 0 ? [] : ['']),
    ...explanation.figures.map(({ id, title }) => `${id}: ${title}`),
  ];
  if (first !== undefined) {
    const described = new Set<string>();
    const assumed = (variant: VariantExplanation) =>
      assumedLines(variant.assumed, described, columns);
    lines.push('', ...machineLines(first.machine, columns));
    lines.push('', ...variantLines(first, columns), ...assumed(first));
    for (const other of others) {
      lines.push('', ...differenceLines(other, first, columns), ...assumed(other));
    }
  }
  return lines.join('\n');
}

function machineLines(machine: MachineExplanation, columns: number): string[] {
  return [
    `MACHINE ${machine.name}: ${machine.title}`,
    ...paragraph(machine.description, columns, INDENT),
    ...parameterLines(machine.parameters, INDENT, columns),
    ...machine.costs.flatMap((cost) => costLines(cost, columns)),
    '',
    'NETWORK',
    ...machine.network.flatMap((cost) => costLines(cost, columns)),
    ...(machine.disk.length === 0 ? [] : ['', 'DISK']),
    ...machine.disk.flatMap((cost) => costLines(cost, columns)),
  ];
}

function costLines(cost: CostExplanation, columns: number): string[] {
  const origin = cost.fits === null ? cost.origin : `${cost.origin} to ${cost.fits}`;
  return [
    `${INDENT}${cost.name} = ${cost.value} ${cost.unit} (${origin})`,
    ...paragraph(`${cost.description} ${cost.source}`, columns, INDENT.repeat(3)),
  ];
}

function variantLines(variant: VariantExplanation, columns: number): string[] {
  // What a parameter means is said once, not for each domain again.
  const said = new Set<string>();
  const group = (kind: string, entities: readonly Entity[]) =>
    entities.flatMap((entity) => entityLines(kind, entity, said, columns));
  return [
    `VARIANT ${variant.id}: ${variant.title}`,
    ...paragraph(variant.description, columns, INDENT),
    ...group('hypervisor', [{ name: '', parameters: variant.hypervisor }]),
    ...group('domain', variant.domains),
    ...group('process', variant.processes),
    ...group('client', variant.clients),
    ...group('cage', variant.cages),
  ];
}

function entityLines(kind: string, entity: Entity, said: Set<string>, columns: number): string[] {
  const parameters = entity.parameters.map((parameter) => {
    const key = `${kind} ${parameter.name}`;
    const isNew = !said.has(key);
    said.add(key);
    return isNew ? parameter : { ...parameter, description: '' };
  });
  return [
    `${INDENT}${kind} ${entity.name}`.trimEnd(),
    ...parameterLines(parameters, INDENT.repeat(2), columns),
  ];
}

function parameterLines(
  parameters: readonly Parameter[],
  indent: string,
  columns: number,
): string[] {
  return parameters.flatMap(({ name, value, isDefault, description }) => [
    `${indent}${name} = ${valueText(value)}${isDefault ? ' (default)' : ''}`,
    ...paragraph(description, columns, indent + INDENT.repeat(2)),
  ]);
}

function differenceLines(
  variant: VariantExplanation,
  first: VariantExplanation,
  columns: number,
): string[] {
  return [
    `VARIANT ${variant.id}: ${variant.title}`,
    ...paragraph(variant.description, columns, INDENT),
    `${INDENT}Against ${first.id}:`,
    ...variant.differences.flatMap(({ setting, first: before, here }) => [
      `${INDENT.repeat(2)}${setting} = ${valueText(here)} (there: ${valueText(before)})`,
    ]),
    ...oneRunLines(variant, columns),
  ];
}

function oneRunLines({ one_run_with }: VariantExplanation, columns: number): string[] {
  if (one_run_with.length === 0) return [];
  const others = one_run_with.join(', ');
  return paragraph(
    `Read off the same runs as ${others}: only the accounting differs.`,
    columns,
    INDENT,
  );
}

/** What it means is said once for all variants. */
function assumedLines(
  assumed: readonly AssumedExplanation[],
  described: Set<string>,
  columns: number,
): string[] {
  const lines = assumed.flatMap(({ setting, value, description }) => {
    const isNew = !described.has(description);
    described.add(description);
    return [
      `${INDENT.repeat(2)}${setting} = ${valueText(value)}`,
      ...paragraph(isNew ? description : '', columns, INDENT.repeat(4)),
    ];
  });
  return lines.length === 0 ? [] : [`${INDENT}Assumed, not read or measured:`, ...lines];
}

/** Text broken into indented lines of at most `columns`; none for empty text. */
export function paragraph(text: string, columns: number, indent: string): string[] {
  const words = text.trim().replace(/\s+/g, ' ');
  if (words === '') return [];
  return wrap(words, Math.max(MIN_WIDTH, columns - indent.length)).map((line) => indent + line);
}
