import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/base-command.js';
import type { ListedPath } from '../../sweep/path-list.js';

/** `sweep paths`. Its JSON has each path with value, type and what is allowed. */
export default class SweepPaths extends BaseCommand {
  static override summary = 'List the paths that a sweep of an experiment can set.';
  static override description = `
Lists what --set, --vary and --zip can name: each path with its value in the experiment, its type, \
and what is allowed; for machine_values also the unit. Where there is a choice, only those values \
are listed that the experiment takes without another change; a kind brings the defaults of its \
fields. The end of a path is enough if it is unique.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %> snort',
    '<%= config.bin %> <%= command.id %> my-experiment.yaml --json',
  ];

  static override args = {
    experiment: Args.string({
      required: true,
      description: 'A shipped experiment or sweep, or a YAML file of either kind; - for stdin.',
    }),
  };

  async run(): Promise<{ experiment: string; paths: readonly ListedPath[] }> {
    const { args } = await this.parse(SweepPaths);
    const { findSweep } = await import('../../sweep/sweep-file.js');
    const { listPaths } = await import('../../sweep/path-list.js');
    const source = findSweep(args.experiment);
    const paths = listPaths(source);
    const width = Math.max(...paths.map(({ path }) => path.length));
    for (const { path, type, allowed, value } of paths) {
      const has = value === null ? 'not set' : `= ${value}`;
      this.log(`${path.padEnd(width)}  ${has}  (${allowed === '' ? type : `${type}: ${allowed}`})`);
    }
    return { experiment: source.definition.id, paths };
  }
}
