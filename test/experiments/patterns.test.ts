/** What the JSON Schemas accept as a text, the tool accepts, and the other way round. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseDuration } from '../../src/base/duration.js';
import { InputError } from '../../src/base/input-error.js';
import { durationField, fileNameField } from '../../src/definition/fields.js';
import {
  definitionJsonSchema,
  machineJsonSchema,
  sweepJsonSchema,
} from '../../src/definition/json-schema.js';
import {
  experimentFile,
  experimentNames,
  machineFile,
  machineNames,
  sweepFile,
  sweepNames,
} from '../../src/files/shipped.js';
import { starterFiles } from '../../src/files/starter.js';
import { parseValues } from '../../src/sweep/axis.js';

type Node = Readonly<Record<string, unknown>>;

/** Every part of a schema that fits, at any depth. */
function parts(schema: unknown, fits: (node: Node) => boolean): Node[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const below = Object.values(schema).flatMap((one) => parts(one, fits));
  return fits(schema as Node) ? [schema as Node, ...below] : below;
}

const schemas = [definitionJsonSchema(), machineJsonSchema(), sweepJsonSchema()];

/** The pattern of the field at `path`, as an editor reads it. */
function patternAt(schema: object, ...path: string[]): RegExp {
  const at = path.reduce<Node>(
    (node, key) => (node.properties as Node)[key] as Node,
    schema as Node,
  );
  return new RegExp(String(at.pattern), 'u');
}

test('every pattern is one of JSON Schema, and every text but prose has one or a list', () => {
  const texts = schemas.flatMap((schema) =>
    parts(schema, ({ type }) => type === 'string' || String(type) === 'number,string'),
  );
  expect(texts.length).toBeGreaterThan(50);
  for (const text of texts) {
    const patterns = parts(text, ({ pattern }) => typeof pattern === 'string');
    for (const { pattern } of patterns) {
      expect(() => new RegExp(String(pattern), 'u')).not.toThrow();
      // Without the flag u, which editors set or not, it would be a set of letters.
      expect(pattern).not.toMatch(/\\p\{/i);
    }
    const isProse = String(text.description ?? '').startsWith('What ');
    expect([text, patterns.length > 0 || 'enum' in text || 'const' in text || isProse]).toEqual([
      text,
      true,
    ]);
  }
});

describe('a duration', () => {
  const [definition] = schemas as [object];
  const cases = [
    ['positive', patternAt(definition, 'duration')],
    ['zero', patternAt(definition, 'warmup')],
  ] as const;

  test.each(cases)('%s: the schema and the parser agree on any text', (least, pattern) => {
    const field = durationField(least);
    const word = fc.constantFrom(
      '0',
      '1',
      '25',
      '.',
      '+',
      '-',
      'e',
      ' ',
      's',
      'ms',
      'h',
      'min',
      'µ',
    );
    const text = fc.oneof(fc.array(word, { maxLength: 6 }).map((words) => words.join('')));
    fc.assert(
      fc.property(text, (said) => {
        const ns = parseDuration(said);
        // Numeric bounds are not the pattern's: whole nanoseconds, and no more than 104 days.
        fc.pre(ns !== undefined || !pattern.test(said));
        expect(pattern.test(said)).toBe(field.safeParse(said).success);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['2 seconds', false],
    ['soon', false],
    ['-1s', false],
    ['1h 30min', false],
    ['0s', false],
    ['0.00ms', false],
    ['0.10ms', true],
    ['1e3us', true],
    ['90', true],
    [' 1.5 s ', true],
  ])('%j: %s', (text, isOne) => {
    expect(cases[0][1].test(text)).toBe(isOne);
    expect(durationField('positive').safeParse(text).success).toBe(isOne);
  });
});

test.each(['con', 'aux', 'nul', 'prn', 'com1', 'lpt9', 'Snort', 'a.b', '1a', ''])(
  'no file is called %j',
  (name) => {
    const { id } = (schemas[0] as { properties: { id: Node } }).properties;
    const patterns = parts(id, ({ pattern }) => typeof pattern === 'string');
    const all = patterns.every(({ pattern }) => new RegExp(String(pattern), 'u').test(name));
    expect([all, fileNameField.safeParse(name).success]).toEqual([false, false]);
  },
);

test.each(['console', 'com', 'com10', 'auxiliary'])('a file may be called %s', (name) => {
  expect(fileNameField.safeParse(name).success).toBe(true);
});

test('swept values: what the schema refuses is refused, what it accepts has the right form', () => {
  const { vary } = (schemas[2] as { properties: { vary: Node } }).properties;
  const [{ pattern } = {}] = parts(vary.additionalProperties, (node) => 'pattern' in node);
  const form = new RegExp(String(pattern), 'u');
  const word = fc.constantFrom('1', '10', ':', ':', ',', 'log:', 'ms', 's', 'x', ' ', '.', '-');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      const text = words.join('');
      try {
        parseValues('x', text);
        expect(form.test(text)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        // Of the right form, it breaks a bound of numbers only.
        if (form.test(text)) expect(text).toContain(':');
      }
    }),
    { numRuns: 2000 },
  );
});

describe('an editor that goes by the schemas', () => {
  const [definition, machine, sweep] = schemas.map((schema) =>
    z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]),
  );
  const contentOf = (path: string): unknown => parse(readFileSync(path, 'utf8'));
  const takes = (schema: z.ZodType | undefined, value: unknown) => schema?.safeParse(value).success;

  test('takes every shipped file, and what `init` writes', () => {
    for (const id of experimentNames()) {
      expect([id, takes(definition, contentOf(experimentFile(id)))]).toEqual([id, true]);
    }
    expect(takes(definition, parse(starterFiles('mine').definition.content))).toBe(true);
    for (const id of machineNames()) expect(takes(machine, contentOf(machineFile(id)))).toBe(true);
    for (const id of sweepNames()) expect(takes(sweep, contentOf(sweepFile(id)))).toBe(true);
  });

  const cage = (window: object) => ({
    cages: { c: { vms: ['vm1'], cap: 50, ids_window: window } },
  });
  test.each([
    [{ duration: '2 seconds' }],
    [{ duration: 0 }],
    [{ warmup: '-1s' }],
    [{ id: 'con' }],
    [{ id: 'My-Experiment' }],
    [{ domains: { 'vm 1': {} } }],
    [{ domains: { vm1: { cap: 0.5 } } }],
    [{ domains: { vm1: { weight: 0 } } }],
    [{ domains: { vm1: { affinity: [] } } }],
    [{ machine_values: { snort_packets: 5 } }],
    [{ machine_values: { pcpus: 1.5 } }],
    [cage({ kind: 'sliding', window: '1 s 5 ms' })],
    [cage({ kind: 'slide' })],
    [cage({ kind: 'ema', weight: 2 })],
    [{ subject: { vm: 'vm1', total: ['vm cpu'] } }],
    [{ variants: { aux: { title: 'A' } } }],
    [{ variants: { a: { title: 'A', clients: { c: { timeout: 'never' } } } } }],
    [{ sweep: { vary: { 'cage.cap': '30:80' } } }],
    [{ sweep: { vary: { 'cage..cap': '30,80' } } }],
    [{ sweep: { duration: '10 parsecs' } }],
  ])('refuses %j', (change) => {
    const base = { id: 't', title: 'T', domains: { vm1: {} } };
    expect(takes(definition, { ...base, ...cage({ kind: 'period' }) })).toBe(true);
    expect(takes(definition, { ...base, ...change })).toBe(false);
  });
});
