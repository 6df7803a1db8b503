import { Args } from '@oclif/core';
import { STOPPED_CODES } from '../cli/exit-codes.js';
import { ExperimentCommand } from '../cli/experiment/experiment-command.js';
import { type ExperimentFlags, experimentFlags } from '../cli/experiment/experiment-flags.js';

/** Stands for every experiment; none has this id. */
const ALL = 'all';

/** `reproduce`. Its JSON is the result of an experiment; with `all`, of each, and all claims. */
export default class Reproduce extends ExperimentCommand {
  static override summary = 'Reproduce an experiment of the paper, or all of them.';
  static override description = `
Simulates the experiment, prints verdicts on the paper's claims, a table and the main figure, and \
writes CSV and SVG files. A single figure (fig4 ... fig12) or a choice of variants goes to a \
folder of its own; claims that need other variants are not judged. \`all\` runs every experiment \
of the paper, each into a folder of its own below --out, and ends with one table of all claims.

Exit codes: 0 done, whether or not the claims hold; 1 the run failed; 2 wrong input; \
${STOPPED_CODES}.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %> snort',
    '<%= config.bin %> <%= command.id %> fig4 --seeds 3 --duration 10s',
    '<%= config.bin %> <%= command.id %> snort --variant offload --out here --json',
    '<%= config.bin %> <%= command.id %> all --no-charts',
  ];

  static override args = {
    experiment: Args.string({
      required: true,
      description: 'Name of an experiment or figure (see `list`), e.g. snort or fig4; or all.',
    }),
  };

  static override flags = experimentFlags;

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Reproduce);
    return this.withThreads(flags, () => this.reproduce(args.experiment, flags));
  }

  private async reproduce(name: string, flags: ExperimentFlags): Promise<unknown> {
    const { findExperiment, paperExperiments } = await import('../files/experiment-catalog.js');
    if (name !== ALL) {
      return this.conduct(name, name, findExperiment(name, [ALL]), flags);
    }
    if (flags.variant !== undefined) {
      const { InputError } = await import('../base/input-error.js');
      throw new InputError(
        `--variant: got ${flags.variant.join(', ')} with ${ALL}; ` +
          'allowed: with a single experiment only',
      );
    }
    return this.conductAll(paperExperiments(), flags);
  }
}
