import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Definition } from '../../src/definition/definition.js';
import { writtenSettings } from '../../src/definition/differences.js';
import { withDuration } from '../../src/definition/resolve-definition.js';
import { NAMED_SECTIONS, settingsFields } from '../../src/definition/settings-schema.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { experimentFile, experimentNames, machineFile } from '../../src/files/shipped.js';
import { differencesFromShipped } from '../../src/measure/shipped-setup.js';
import { definitionFile } from './definition-files.js';

const SNORT = readFileSync(experimentFile('snort'), 'utf8');

/** What differs in each variant of a copy of the Snort experiment in which texts are replaced. */
function changed(...replaced: readonly (readonly [string, string])[]) {
  const text = replaced.reduce((copy, [old, next]) => {
    expect(copy).toContain(old);
    return copy.replace(old, next);
  }, SNORT);
  return differencesOf(loadDefinition(definitionFile(text)));
}

function differencesOf({ id, variants }: Definition) {
  return variants.map((variant) => differencesFromShipped(id, variant));
}

const NONE = [[], [], []];

describe('the settings of a variant', () => {
  test.each(experimentNames())(
    'of %s are the same when they are read as they are written',
    (id) => {
      for (const variant of loadDefinition(experimentFile(id)).variants) {
        const written = writtenSettings(variant);
        for (const section of NAMED_SECTIONS) {
          const read = z.parse(settingsFields[section], written[section]);
          expect(read, `${variant.id}: ${section}`).toEqual(variant.settings[section]);
        }
      }
    },
  );
});

describe('a copy of a shipped experiment', () => {
  test('is the same set-up with other words, figures, seeds, duration and sampling', () => {
    const copy = changed(
      ['title: Snort watches a web server', 'title: Mine'],
      ['description: Snort runs inside', 'description: It runs inside'],
      ['label: VM with Snort', 'label: VM'],
      ['seeds: 10', 'seeds: 3'],
      ['duration: 60s', 'duration: 30s'],
      ['sample: 1s', 'sample: 500ms'],
    );
    expect(copy).toEqual(NONE);
    expect(differencesOf(withDuration(loadDefinition(experimentFile('snort')), 2e9))).toEqual(NONE);
  });

  test('is the same set-up with defaults spelled out, or the machine in a file of its own', () => {
    expect(changed(['vm1: { weight: 256 }', 'vm1: { scheduler: o1-2.6.16 }'])).toEqual(NONE);
    expect(changed(['machine: athlon-xen33', `machine: ${machineFile('athlon-xen33')}`])).toEqual(
      NONE,
    );
  });

  test('is another one in the variants that a change reaches', () => {
    const rate = { setting: 'clients.httperf.rate', first: 4000, here: 100 };
    expect(changed(['rate: 4000', 'rate: 100'])).toEqual([[rate], [rate], [rate]]);
    const cap = { setting: 'domains.vm1.cap', first: 50, here: 40 };
    expect(changed(['vm1: { cap: 50 }', 'vm1: { cap: 40 }'])).toEqual([[], [cap], []]);
    const [, uncaged] = changed(['cage: { enforce: false }', 'cage: null']);
    expect(uncaged).toMatchObject([{ setting: 'cages.cage', here: null }]);
  });

  test('is another one by its machine, its warm-up, what it adds up, and its order', () => {
    const [[cost] = []] = changed(['seeds: 10', 'seeds: 10\nmachine_values: { snort_packet: 9 }']);
    expect(cost).toMatchObject({ setting: 'machine_values.snort_packet', here: '9 us' });
    const [[warmup] = []] = changed(['warmup: 5s', 'warmup: 1s']);
    expect(warmup).toEqual({ setting: 'warmup', first: '5s', here: '1s' });
    const [, , [total] = []] = changed(['dom0_cpu_pct]', 'dom0_net_cpu_pct]']);
    expect(total?.setting).toBe('subject.total');
    const web = '  web: { program: webserver, domain: vm1 }\n';
    const snort = '  snort: { program: snort, domain: dom0, watches: vm1 }\n';
    const [[order] = []] = changed([web + snort, snort + web]);
    expect(order?.setting).toMatch('order');
  });

  test('has no counterpart under another id', () => {
    expect(changed(['id: snort', 'id: mine'], ['rate: 4000', 'rate: 100'])).toEqual(NONE);
  });
});
