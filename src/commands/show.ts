import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.js';
import type { Explanation } from '../cli/show/explanation.js';

export default class Show extends BaseCommand {
  static override summary = 'Explain an experiment: machine, costs, cages, variants.';
  static override description = `
Prints the machine with each cost, its unit and where it comes from, the domains, processes and \
load generators, every parameter of the cages with the reason for its default, and what differs \
between the variants.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %> snort',
    '<%= config.bin %> <%= command.id %> my-experiment.yaml --json',
  ];

  static override args = {
    experiment: Args.string({
      required: true,
      description: 'Name of an experiment or figure, or a YAML file.',
    }),
  };

  async run(): Promise<Explanation> {
    const { args } = await this.parse(Show);
    const { findDefinition } = await import('../experiments/catalog.js');
    const { explain } = await import('../cli/show/explanation.js');
    const { explanationText } = await import('../cli/show/text.js');
    const explanation = explain(findDefinition(args.experiment));
    this.log(explanationText(explanation, process.stdout.columns ?? 80));
    return explanation;
  }
}
