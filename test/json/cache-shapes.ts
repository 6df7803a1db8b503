/** What `--json` prints of the store of runs. */
import { z } from 'zod';

const place = { folder: z.string() };
const limit_bytes = z.int();
const runs = z.int();
const bytes = z.int().describe('As disks give room: in pieces of 4096.');

export const storeShape = z
  .strictObject({
    ...place,
    limit_bytes,
    runs,
    bytes,
    program: z.string().describe('Hash of the code that does runs, Node, and the machine.'),
    runs_of_program: runs,
    bytes_of_program: bytes,
  })
  .describe('What is in the store.');

const removed = { removed_runs: runs, removed_bytes: bytes };

export const clearedShape = z.strictObject({ ...place, ...removed }).describe('What was removed.');

export const prunedShape = z
  .strictObject({ ...place, limit_bytes, ...removed, runs, bytes })
  .describe('What was removed, and what is left.');
