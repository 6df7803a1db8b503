/** Anchors may be used as often as one likes, as long as they do not stand for too much. */
import { expect, test } from 'vitest';
import { loadDefinition } from '../../src/files/load-definition.js';
import { definitionFile, SMALL } from './definition-files.js';
import { messageFor } from './messages.js';

test('a small anchor many times', () => {
  const names = Array.from({ length: 300 }, (_, i) => `  v${i}: { weight: *w }\n`);
  const text = SMALL.replace('weight: 512', 'weight: &w 512').replace(
    'processes:',
    `${names.join('')}processes:`,
  );
  const [variant] = loadDefinition(definitionFile(text)).variants;
  expect(variant?.input.domains.filter(({ weight }) => weight === 512)).toHaveLength(301);
});

test('a merged anchor in many variants', () => {
  const ids = Array.from({ length: 200 }, (_, i) => `v${i}`);
  const changes = 'domains: { vm1: { <<: *vm, cap: 1 } }';
  const variants = ids.map((id) => `  ${id}: { title: V, ${changes} }\n`);
  const base = SMALL.replace('{ weight: 512 }', '&vm { weight: 512 }');
  const text = `${base}variants:\n${variants.join('')}`;
  const [first] = loadDefinition(definitionFile(text)).variants;
  expect(first?.input.domains[1]).toMatchObject({ weight: 512, capPct: 1 });
});

test.each(['[', '{'])('a billion laughs are refused in no time, with the line: %s', (open) => {
  const line = (i: number) => {
    const entries = Array.from({ length: 10 }, (_, k) =>
      open === '[' ? `*l${i - 1}` : `k${k}: *l${i - 1}`,
    );
    return `l${i}: &l${i} ${open}${entries.join(', ')}${open === '[' ? ']' : '}'}`;
  };
  const lines = Array.from({ length: 9 }, (_, i) => line(i + 1));
  const text = `l0: &l0 lol\n${lines.join('\n')}\n`;
  const started = performance.now();
  expect(messageFor(text)).toMatch(
    // Each use of l4 stands for 11,111 values, and what is above for 12,340.
    /^my\.yaml:6:\d+: got \*l4, with which it is more; allowed: at most 50000 values that anchors /,
  );
  expect(performance.now() - started).toBeLessThan(2000);
});

test('an anchor within itself is told with its place', () => {
  expect(messageFor('domains: &d { vm1: *d }')).toMatch(/^my\.yaml:1:20: got \*d within itself; /);
});

test('all anchors that are not there are told', () => {
  expect(messageFor('domains: { a: *x, b: *y }')).toMatch(
    /^my\.yaml:1:15: got \*x; .*and 1 more\)$/,
  );
});
