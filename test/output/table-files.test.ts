import { expect, test } from 'vitest';
import { loadDefinition } from '../../src/files/load-definition.js';
import { TABLE_FILES } from '../../src/output/csv/columns.js';
import { definitionFile, SMALL } from '../experiments/definition-files.js';

test.each(TABLE_FILES.map((file) => file.replace('.csv', '')))(
  'a variant may not take the name of the result file %s.csv',
  (id) => {
    const path = definitionFile(`${SMALL}\nvariants:\n  ${id}: { title: any }\n`);
    expect(() => loadDefinition(path)).toThrow(`variants.${id}: got`);
  },
);
