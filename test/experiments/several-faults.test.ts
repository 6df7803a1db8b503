/** All that is wrong is told at once, and nothing that only follows from it. */
import { expect, test } from 'vitest';
import { InputError } from '../../src/base/input-error.js';
import { errorJson, reportError } from '../../src/cli/errors.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { definitionFile, SMALL } from './definition-files.js';
import { messagesFor } from './messages.js';

const fields = (text: string) =>
  messagesFor(text).map((line) => line.replace(/^my\.yaml:(\d+):\d+: (.*?): got .*$/, '$1 $2'));

test('faults of form, times and of what belongs together, in the order of the file', () => {
  const text = `id: small
title: Two loops
seeds: 0
duration: 10.5s
domains:
  vm1: { weight: 0 }
  vm2: { wieght: 512 }
processes:
  one: { program: loop, domain: vm3 }
  two: { program: loop, domain: vm2, nice: 99 }
cages:
  a: { vms: [vm2, vm9], cap: 200 }
figures:
  - { id: f, number: 1, title: F, lines: [{ metric: idle_pc, label: L }] }
variants:
  a: { title: A, domains: { vm2: { cap: -3 } } }
  summary: { title: S }
`;
  expect(fields(text)).toEqual(
    [
      '3 seeds',
      '4 duration',
      '6 domains.vm1.weight',
      '7 domains.vm2.wieght',
      '9 processes.one.domain',
      '10 processes.two.nice',
      '12 cages.a.vms.1',
      '12 cages.a.cap',
      '16 variants.a.domains.vm2.cap',
      '17 variants.summary',
    ].toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)),
  );
});

test('a key that is missing under a mistyped name is told once', () => {
  expect(fields(SMALL.replace('title:', 'titel:'))).toEqual(['2 titel']);
  expect(fields(SMALL.replace('program: loop, domain: vm2', 'program: loop, domian: vm2'))).toEqual(
    ['10 processes.two.domian'],
  );
});

test('what stands under a mistyped section is missing nowhere else', () => {
  const text = `${SMALL}cages:\n  a: { processes: [one], vms: [vm2], cap: 50 }\n`;
  expect(fields(text.replace('domains:', 'domians:'))).toEqual(['5 domians']);
  expect(fields(text.replace('processes:\n', 'proceses:\n'))).toEqual(['8 proceses']);
});

test('a value that is left out makes no contradiction', () => {
  const caged = `${SMALL}cages:\n  a: { vms: [vm1], cap: lots }\n`;
  expect(fields(caged)).toEqual(['12 cages.a.cap']);
});

test('each key that is there twice, but one syntax error only', () => {
  expect(messagesFor('id: a\nid: b\nid: c\ntitle: T\ntitle: U\n')).toHaveLength(3);
  expect(messagesFor('id: "a\ntitle: x\ntitle: y\n')).toHaveLength(1);
  // A tag does not make another.
  expect(messagesFor('id: !a b\ntitle: !c d\n')).toHaveLength(2);
});

test('a fault of a machine file is told once for all variants that have it', () => {
  const path = definitionFile('title: M\npcpus: 0\n', 'machine.yaml');
  const variants = `machine: ${path}\nvariants: { a: { title: A }, b: { title: B } }\n`;
  const said = messagesFor(SMALL + variants);
  expect(said.filter((line) => line.includes('pcpus'))).toHaveLength(1);
  for (const line of said) expect(line).toContain('machine.yaml:');
});

/** What is printed of an error. */
function printed(error: unknown): string[] {
  const { write } = process.stderr;
  const { exitCode } = process;
  let text = '';
  process.stderr.write = (said: string | Uint8Array) => {
    text += String(said);
    return true;
  };
  try {
    reportError(error);
  } finally {
    process.stderr.write = write;
    process.exitCode = exitCode;
  }
  return text.trimEnd().split('\n');
}

test('ten are printed, the others counted; in JSON all are there', () => {
  const keys = Array.from({ length: 14 }, (_, i) => `key${i}: 0\n`);
  const path = definitionFile(SMALL + keys.join(''));
  let error: unknown;
  try {
    loadDefinition(path);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(InputError);
  const lines = printed(error);
  expect(lines).toHaveLength(11);
  expect(lines.at(-1)).toBe('offloadcage: and 4 more');
  for (const [i, line] of lines.slice(0, 10).entries()) expect(line).toContain(`: key${i}: got `);
  const { message, messages, code } = errorJson(error).error;
  expect(messages).toHaveLength(14);
  expect(message).toBe(`${messages?.[0]} (and 13 more)`);
  expect(code).toBe(2);
});

test('a single fault is a message without a list', () => {
  expect(errorJson(new InputError('x: wrong'))).toEqual({
    error: { message: 'x: wrong', code: 2 },
  });
  expect(printed(new InputError('x: wrong'))).toEqual(['offloadcage: x: wrong']);
});
