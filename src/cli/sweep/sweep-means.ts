import { basename } from 'node:path';
import type { Means } from '../../output/sweep/means.js';
import { renderMeans } from '../../output/sweep/means-table.js';
import { terminalOf } from '../../output/terminal/terminal.js';

/** Prints the means of a sweep whose table is in the file `out`. */
export function showMeans(command: { log(text: string): void }, means: Means, out: string): void {
  command.log(`${renderMeans(means, terminalOf(process.stdout), basename(out))}\n`);
}
