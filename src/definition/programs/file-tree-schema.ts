import { z } from 'zod';

const fileGroupSchema = z
  .strictObject({
    files: z.int().min(1).max(1_000_000).describe('How many.'),
    mean: z.number().min(1).max(1e9).describe('Mean size in bytes.'),
    spread: z
      .number()
      .min(0)
      .max(3)
      .default(1.5)
      .describe(
        'Standard deviation of the logarithm of a size; 0 = all alike. File sizes are about ' +
          'log-normal: about 2 for a whole file system, less for files of one kind.',
      ),
    contiguous: z
      .number()
      .min(0)
      .max(100)
      .default(50)
      .describe(
        'Percent of the files that lie on the disk right behind the one that is read before ' +
          'them, and so need no seek. ext3 keeps the files of a directory close together, but a ' +
          'directory lists them in the order of a hash.',
      ),
  })
  .describe('Files of one kind.');

/** 600 MB in 9600 files, 62 kB each on average. */
const SERVER_FILES = [
  { files: 1600, mean: 250_000, spread: 1.5, contiguous: 50 },
  { files: 8000, mean: 25_000, spread: 1.5, contiguous: 50 },
];

/** A file tree. */
export const treeField = z
  .array(fileGroupSchema)
  .min(1)
  .default(SERVER_FILES)
  .describe(
    'The files in the order in which they are read. The paper does not describe its image. The ' +
      'default is a small server installation: 400 MB of programs and libraries, then 200 MB of ' +
      'small files. The mean of all, 62 kB, was measured on an installed Debian, whose scan has ' +
      'these two phases, too.',
  );
