/**
 * Data packages of sweeps against the rules of Frictionless Data Package: a path as its JSON Schema
 * has it, names in small letters, each once.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isPackagePath,
  sweepPackage,
  sweepResource,
} from '../../../src/output/sweep/data-package.js';
import { sweepOf } from './fixture.js';

/** `path` of a resource, word for word from the profile data-resource.json. */
const PATH = /^((?=[^./~])(?!file:)((?!\/\.\.\/)(?!\\)(?!:\/\/).)*|(http|ftp)s?:\/\/.*)$/;
const NAME = /^([-a-z0-9._/])+$/;

const options = { shape: 'wide', format: 'csv', aggregate: false } as const;
const recorded = { sweep: sweepOf([]), written_by: 'offloadcage sweep snort' };
const packageOf = (paths: readonly string[]): { resources: { name: string; path: string }[] } =>
  JSON.parse(sweepPackage(paths.map((path) => sweepResource(recorded, path, options))));

test.each(['.x.csv', '~x.csv', 'a\\b.csv', 'file:x.csv', 'a\nb.csv', '..', ''])(
  'no data package may list %j',
  (path) => expect(isPackagePath(path)).toBe(false),
);

test('what may be listed is valid, under names that are valid and distinct', () => {
  const sign = fc.constantFrom(...'aAbB.~ -_:\\/é漢\n%{}', 'file:', 'http://');
  const name = fc.array(sign, { maxLength: 8 }).map((signs) => signs.join(''));
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 8 }), (all) => {
      const paths = all.filter(isPackagePath);
      const { resources } = packageOf(paths);
      expect(resources.map(({ path }) => path).sort()).toEqual(paths.sort());
      for (const resource of resources) {
        expect(resource.path).toMatch(PATH);
        expect(resource.name).toMatch(NAME);
      }
      expect(new Set(resources.map((one) => one.name)).size).toBe(paths.length);
    }),
    { numRuns: 500 },
  );
});

test('names that differ in what a data package does not know are told apart', () => {
  const names = packageOf(['a.csv', 'A.csv', 'é.csv', 'ü.csv', '漢.csv']).resources;
  expect(names.map(({ name, path }) => `${path} ${name}`)).toEqual([
    'A.csv a.csv',
    'a.csv a.csv-2',
    'é.csv -.csv',
    'ü.csv -.csv-2',
    '漢.csv -.csv-3',
  ]);
});

test.each([
  // As registered with IANA, but for JSON Lines, which is not.
  ['csv', 'text/csv'],
  ['jsonl', 'application/jsonl'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['parquet', 'application/vnd.apache.parquet'],
] as const)('%s has its media type', (format, mediatype) => {
  expect(sweepResource(recorded, `x.${format}`, { ...options, format })).toMatchObject({
    mediatype,
  });
});
