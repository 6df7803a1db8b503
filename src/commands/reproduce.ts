import { Args } from '@oclif/core';
import { ExperimentCommand } from '../cli/experiment-command.js';
import { experimentFlags } from '../cli/experiment-flags.js';

export default class Reproduce extends ExperimentCommand {
  static override summary = 'Reproduce an experiment of the paper.';
  static override description = `
Simulates the experiment, prints charts, a table and the verdict on the paper's claims, and writes \
CSV and SVG files. A single figure (fig4 ... fig7) or a choice of variants goes to a folder of its \
own, and claims that need other variants are left out.

Exit codes: 0 done, whether or not the claims hold; 1 the run failed; 2 wrong input; 130 Ctrl-C; \
143 SIGTERM.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %> snort',
    '<%= config.bin %> <%= command.id %> fig4 --seeds 3 --duration 10s',
    '<%= config.bin %> <%= command.id %> snort --variant offload --out here --json',
  ];

  static override args = {
    experiment: Args.string({
      required: true,
      description: 'Name of an experiment or of a figure: snort, fig4, fig5, fig6, fig7.',
    }),
  };

  static override flags = experimentFlags;

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Reproduce);
    const { findExperiment } = await import('../experiments/catalog.js');
    return this.conduct(args.experiment, findExperiment(args.experiment), flags);
  }
}
