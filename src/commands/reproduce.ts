import { Args } from '@oclif/core';
import { STOPPED_CODES } from '../cli/exit-codes.js';
import { ExperimentCommand } from '../cli/experiment/experiment-command.js';
import { type ExperimentFlags, experimentFlags } from '../cli/experiment/experiment-flags.js';
import type { Definition } from '../definition/definition.js';

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

--set asks what if: the experiment with another value, into a folder of its own. Paths and values \
are those of \`sweep\`; \`sweep paths\` lists them. Claims that look at what is set are not judged.

Exit codes: 0 done, whether or not the claims hold; 1 the run failed; 2 wrong input; \
${STOPPED_CODES}.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %> snort',
    '<%= config.bin %> <%= command.id %> fig4 --seeds 3 --duration 10s',
    '<%= config.bin %> <%= command.id %> snort --variant offload --out here --json',
    '<%= config.bin %> <%= command.id %> snort --set snort_packet=12.6 --set cage.cap=60',
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
      const found = findExperiment(name, [ALL]);
      return flags.set === undefined
        ? this.conduct(name, name, found, flags)
        : this.reproduceWith(name, found, flags);
    }
    for (const flag of ['variant', 'set'] as const) {
      const said = flags[flag];
      if (said === undefined) continue;
      const { InputError } = await import('../base/input-error.js');
      const allowed = 'with a single experiment only';
      throw new InputError(`--${flag}: got ${said.join(', ')} with ${ALL}; allowed: ${allowed}`);
    }
    return this.conductAll(paperExperiments(), flags);
  }

  /** What was found, with what --set says. */
  private async reproduceWith(
    name: string,
    { id, variants }: Definition,
    flags: ExperimentFlags,
  ): Promise<unknown> {
    const { partOf } = await import('../files/experiment-catalog.js');
    const { readYamlFile } = await import('../files/read-yaml.js');
    const { experimentFile } = await import('../files/shipped.js');
    const { whatIf } = await import('../cli/experiment/what-if.js');
    const { definition, flags: inFull } = whatIf(readYamlFile(experimentFile(id)), flags, {
      variants: flags.variant ?? variants.map((variant) => variant.id),
    });
    return this.conduct(name, name, partOf(definition, name), inFull);
  }
}
