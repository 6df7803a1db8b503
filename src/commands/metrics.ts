import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.js';

/** `metrics`. Its JSON has name, unit and description of each metric of any variant, once. */
export default class Metrics extends BaseCommand {
  static override summary = 'List the metrics of an experiment with unit and meaning.';
  static override args = {
    experiment: Args.string({ default: 'snort', description: 'A shipped one, or a YAML file.' }),
  };

  async run(): Promise<unknown> {
    const { args } = await this.parse(Metrics);
    const { findDefinition } = await import('../experiments/catalog.js');
    const { metricsOf } = await import('../experiments/metrics.js');
    const { variants } = findDefinition(args.experiment);
    const metrics = new Map(
      variants
        .flatMap(({ input, subject }) => metricsOf(input, subject))
        .map(({ name, unit, description }) => [name, { name, unit, description }]),
    );
    const width = Math.max(...[...metrics.keys()].map((name) => name.length));
    for (const { name, unit, description } of metrics.values()) {
      this.log(`${name.padEnd(width)}  ${unit.padEnd(9)}  ${description}`);
    }
    return { experiment: args.experiment, metrics: [...metrics.values()] };
  }
}
