/** The forms of value lists, against their arithmetic. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../src/base/input-error.js';
import { parseValues } from '../../src/sweep/axis.js';

test.each<[string, unknown[]]>([
  ['1,2,4', [1, 2, 4]],
  ['30:80:10', [30, 40, 50, 60, 70, 80]],
  ['80:30:-25', [80, 55, 30]],
  ['0:1:0.1', [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]],
  ['10ms:50ms:20ms', ['10ms', '30ms', '50ms']],
  ['log:10ms:1s:3', ['10ms', '100ms', '1s']],
  ['log:1:1000:4', [1, 10, 100, 1000]],
  ['log:1.23456789:12345.6789:3', [1.23456789, 123.457, 12345.6789]],
  ['log:1234567ns:123456789us:2', ['1.234567ms', '123.456789s']],
  ['-0.3:0.3:0.1', [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]],
  ['1e-7:3e-7:1e-7', [1e-7, 2e-7, 3e-7]],
  ['1.5e3:2e3:2.5E2', [1500, 1750, 2000]],
  ['9007199254740989:9007199254740991:1', [2 ** 53 - 3, 2 ** 53 - 2, 2 ** 53 - 1]],
  ['1,1.0,1e0', [1, 1, 1]],
  ['-0', [0]],
  ['true,false', [true, false]],
  ['o1,cfs', ['o1', 'cfs']],
])('%s', (text, values) => expect(parseValues('--vary x', text)).toEqual(values));

test.each(['', '1,', '1:2', '1:2:0', '1:2:-1', 'log:0:1:3', 'log:1:2:1', '1:2:3:4', 'a:b:c'])(
  'refuses %j in one line',
  (text) => {
    expect(() => parseValues('--vary x', text)).toThrow(/^--vary x: got .*; allowed: .*$/);
  },
);

test('any text gives values or an InputError', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.:,-logmse') }), (text) => {
      try {
        expect(parseValues('--vary x', text)).not.toEqual([]);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
    { numRuns: 500 },
  );
});
