import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.js';

const INDENT = '    ';

/**
 * `metrics`. Its JSON has name, unit, label and description of each metric, and the variants in
 * which it is that: a metric that variants take for different things is there once for each.
 */
export default class Metrics extends BaseCommand {
  static override summary = 'List the metrics of an experiment with unit and meaning.';
  static override args = {
    experiment: Args.string({
      default: 'snort',
      description: 'A shipped one, or a YAML file; - for stdin.',
    }),
  };

  async run(): Promise<unknown> {
    const { args } = await this.parse(Metrics);
    const { findDefinition } = await import('../files/experiment-catalog.js');
    const { meaningsOf, meaningText } = await import('../measure/metric-meanings.js');
    const { terminalOf } = await import('../output/terminal/terminal.js');
    const { wrap } = await import('../output/words/text.js');
    const { variants } = findDefinition(args.experiment);
    const ids = variants.map(({ id }) => id);
    const meanings = meaningsOf(variants);
    const width = Math.max(...meanings.names.map((name) => name.length));
    const metrics = meanings.names.flatMap((name) => meanings.of(name));
    // In a pipe one line each, for grep.
    const columns = process.stdout.isTTY ? terminalOf(process.stdout).columns : Infinity;
    for (const meaning of metrics) {
      const { name, unit } = meaning;
      const head = `${name.padEnd(width)}  ${unit.padEnd(9)}`;
      const text = meaningText(meaning, ids);
      const line = `${head}  ${text}`;
      const lines = wrap(text, columns - INDENT.length).map((one) => INDENT + one);
      this.log(line.length <= columns ? line : [head.trimEnd(), ...lines].join('\n'));
    }
    return { experiment: args.experiment, metrics };
  }
}
