import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/files/experiment-catalog.js';
import { readYamlFile } from '../../src/files/read-yaml.js';
import { knownPaths, machinePaths, schemaPaths } from '../../src/sweep/parameter-paths.js';
import { parameterWords } from '../../src/sweep/parameter-words.js';

const catalog = loadCatalog();
const wordsOf = (id: string, path: string) => {
  const definition = catalog.find((one) => one.id === id);
  if (definition === undefined) throw new Error(`no experiment ${id}`);
  const { value } = readYamlFile(definition.file, definition.file);
  return parameterWords(path.split('.'), schemaPaths(value), definition);
};

describe('a swept parameter in words', () => {
  test.each([
    ['snort', 'clients.httperf.rate', 'Request rate of httperf', 'requests/s'],
    ['snort', 'cages.cage.cap', 'Cap of the cage', '% of one PCPU'],
    ['snort', 'processes.snort.nice', 'Nice value of snort', ''],
    ['tripwire', 'processes.limiter.limit', 'Limit of limiter', '% of one PCPU'],
    ['snort', 'machine_values.snort_packet', 'Snort packet', 'us'],
    ['snort', 'duration', 'Measured time', ''],
  ])('%s %s: %s [%s]', (id, path, title, unit) => {
    expect(wordsOf(id, path)).toMatchObject({ title, unit });
  });

  test.each([
    ['snort', 'clients.httperf.rate', 'request rate'],
    ['snort', 'processes.snort.nice', 'nice value'],
    ['snort', 'machine_values.pcpus', 'PCPUs'],
    ['snort', 'machine_values.vcpu_switch', 'vcpu switch'],
    ['snort', 'machine_values.tcp_packet', 'TCP packet'],
  ])('within a sentence, %s %s: %s', (id, path, short) => {
    expect(wordsOf(id, path).short).toBe(short);
  });

  test.each(catalog.map((definition) => [definition.id, definition] as const))(
    'every path of %s has a title that is no path, unlike all others',
    (_, definition) => {
      const { value } = readYamlFile(definition.file, definition.file);
      const fields = schemaPaths(value);
      const paths = [...knownPaths(value), ...machinePaths(definition)];
      const titles = paths.map(({ steps }) => parameterWords(steps, fields, definition).title);
      for (const title of titles) expect(title).toMatch(/^[A-Z][^_]*$/);
      expect(new Set(titles).size).toBe(titles.length);
    },
  );
});
