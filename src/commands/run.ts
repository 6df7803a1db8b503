import { Args } from '@oclif/core';
import { STOPPED_CODES } from '../cli/exit-codes.js';
import { ExperimentCommand } from '../cli/experiment/experiment-command.js';
import { experimentFlags } from '../cli/experiment/experiment-flags.js';

/** `run`. Its JSON is the same as that of `reproduce` of one experiment. */
export default class Run extends ExperimentCommand {
  static override summary = 'Run an experiment definition of your own.';
  static override description = `
Checks the YAML file and runs it in the way that \`reproduce\` runs the paper's experiments. Start \
with \`init\`, or with a copy of a shipped definition; \`show\` explains what a definition says. \
--set changes a value for once.

Exit codes: 0 done; 1 the run failed; 2 wrong input; ${STOPPED_CODES}.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %> my-experiment.yaml',
    '<%= config.bin %> <%= command.id %> my-experiment.yaml --seed 100 --seeds 30 --quiet',
    '<%= config.bin %> <%= command.id %> my-experiment.yaml --set httperf.rate=2000',
  ];

  static override args = {
    file: Args.string({ required: true, description: 'The definition, a YAML file; - for stdin.' }),
  };

  static override flags = experimentFlags;

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Run);
    return this.withThreads(flags, async () => {
      const { loadDefinition } = await import('../files/load-definition.js');
      if (flags.set === undefined) {
        const definition = loadDefinition(args.file);
        return this.conduct(args.file, definition.id, definition, flags);
      }
      const { readYamlFile } = await import('../files/read-yaml.js');
      const { whatIf } = await import('../cli/experiment/what-if.js');
      const { definition, flags: inFull } = whatIf(readYamlFile(args.file), flags);
      return this.conduct(args.file, definition.id, definition, inFull);
    });
  }
}
