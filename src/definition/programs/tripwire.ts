import { z } from 'zod';
import { scanSeries } from '../../model/series.js';
import { durationField, nameField } from '../fields.js';
import { megabytes, rate } from '../metrics/metric-recipe.js';
import { treeField } from './file-tree-schema.js';
import { type ProgramDefinition, processFields } from './program-definition.js';
import { checkWatched } from './watched.js';

/** Most data that a tree may be expected to have: its pages are held in memory. */
const MAX_TREE_BYTES = 100e9;

const schema = z.strictObject({
  program: z.literal('tripwire').describe('An IDS that checks every file of one domain.'),
  ...processFields,
  watches: nameField.describe(
    'The domain whose files it checks: from inside; from domain 0, where the image of its disk ' +
      'is mounted read-only through a loop device; or from another VM, which domain 0 gives the ' +
      'image as a virtual disk.',
  ),
  every: durationField('zero')
    .prefault('0s')
    .describe(
      'From the start of one scan to that of the next; a scan that takes longer delays the ' +
        'next. By default, 0, the next starts at once: the paper shows CPU use during a scan ' +
        'and does not say how often one starts.',
    )
    .meta({ title: 'Time from scan to scan' }),
  tree: treeField,
});

export const TRIPWIRE: ProgramDefinition<'tripwire', typeof schema> = {
  schema,
  resolve: ({ watches, every, tree }, base) => ({
    ...base,
    program: 'tripwire',
    watches,
    everyNs: every,
    tree: tree.map(({ files, mean, spread, contiguous }) => ({
      files,
      meanBytes: mean,
      spread,
      contiguousPct: contiguous,
    })),
  }),
  check: (site, report) => {
    checkWatched(site, report);
    const { name, process, settings, machine } = site;
    if (machine.disk === undefined) {
      const allowed = `programs without files: the machine ${settings.machine} has no disk`;
      report(['processes', name, 'program'], 'tripwire', allowed);
    }
    const bytes = process.tree.reduce((sum, { files, mean }) => sum + files * mean, 0);
    if (bytes > MAX_TREE_BYTES) {
      const allowed = `at most ${MAX_TREE_BYTES / 1e9} GB of files`;
      report(['processes', name, 'tree'], `${(bytes / 1e9).toPrecision(3)} GB`, allowed);
    }
  },
  readsDisk: true,
  sleeps: ({ every }) => ({ every }),
  metrics: {
    subjectPrefix: '',
    of: (process, { prefix, title }) => [
      megabytes([scanSeries.bytes(process)], {
        name: `${prefix}scan_mb_per_s`,
        label: `${title}, data checked`,
        description: `MB (10^6 bytes) that ${process} checks in a second`,
      }),
      rate('files/s', [scanSeries.files(process)], {
        name: `${prefix}scan_files_per_s`,
        label: `${title}, files checked`,
        description: `Files that ${process} checks in a second`,
      }),
      {
        ...rate('scans/h', [scanSeries.scans(process)], {
          name: `${prefix}scans_per_h`,
          label: `${title}, scans`,
          description: `Scans of the whole tree that ${process} finishes in an hour`,
        }),
        factor: 3600,
      },
    ],
  },
};
