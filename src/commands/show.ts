import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.js';
import type { Explanation } from '../cli/show/explanation.js';
import type { SweepExplanation } from '../cli/show/sweep-explanation.js';
import type { Definition } from '../definition/definition.js';
import type { SweepSource } from '../sweep/sweep-file.js';

/** `show`. Its JSON is an Explanation; of a sweep with a file of its own a SweepExplanation. */
export default class Show extends BaseCommand {
  static override summary = 'Explain an experiment: machine, costs, cages, variants; or a sweep.';
  static override description = `
Prints the machine with each cost, its unit and where it comes from, the domains, processes and \
load generators, every parameter of the cages with the reason for its default, and what differs \
between the variants. For a sweep it prints what is varied, how many points and runs that makes, \
and the metrics.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %> snort',
    '<%= config.bin %> <%= command.id %> snort-cap',
    '<%= config.bin %> <%= command.id %> my-experiment.yaml --json',
  ];

  static override args = {
    experiment: Args.string({
      required: true,
      description: 'Name of an experiment, figure or sweep, or a YAML file; - for stdin.',
    }),
  };

  async run(): Promise<Explanation | SweepExplanation> {
    const { args } = await this.parse(Show);
    const { findShown } = await import('../sweep/sweep-file.js');
    const found = findShown(args.experiment);
    return 'block' in found ? this.showSweep(found) : this.showExperiment(found);
  }

  private async showExperiment(definition: Definition): Promise<Explanation> {
    const { explain } = await import('../cli/show/explanation.js');
    const { explanationText } = await import('../cli/show/explanation-text.js');
    const { terminalOf } = await import('../output/terminal/terminal.js');
    this.warnAbout(definition);
    const explanation = explain(definition);
    this.log(explanationText(explanation, terminalOf(process.stdout).columns));
    return explanation;
  }

  private async showSweep(source: SweepSource): Promise<SweepExplanation> {
    const { explainSweep, sweepExplanationText } = await import('../cli/show/sweep-explanation.js');
    const { planSweep } = await import('../sweep/plan.js');
    const { asWritten } = await import('../sweep/request.js');
    const { terminalOf } = await import('../output/terminal/terminal.js');
    const explanation = explainSweep(source, planSweep(asWritten(source)));
    this.log(sweepExplanationText(explanation, terminalOf(process.stdout).columns));
    return explanation;
  }
}
