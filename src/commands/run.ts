import { Args, Flags } from '@oclif/core';
import { STOPPED_CODES } from '../cli/exit-codes.js';
import { ExperimentCommand } from '../cli/experiment/experiment-command.js';
import { type ExperimentFlags, experimentFlags } from '../cli/experiment/experiment-flags.js';
import type { DefinitionFiles } from '../files/definition-files.js';

/** `run`. Its JSON is the same as that of `reproduce` of one experiment. */
export default class Run extends ExperimentCommand {
  static override summary = 'Run an experiment definition of your own.';
  static override description = `
Checks the YAML file and runs it in the way that \`reproduce\` runs the paper's experiments. Start \
with \`init\`, or with a copy of a shipped definition; \`show\` explains what a definition says. \
--set changes a value for once. With --watch it runs again whenever a file of the definition \
changes; what is wrong then is said, and waits for the next change.

Exit codes: 0 done; 1 the run failed; 2 wrong input; ${STOPPED_CODES}.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %> my-experiment.yaml',
    '<%= config.bin %> <%= command.id %> my-experiment.yaml --seed 100 --seeds 30 --quiet',
    '<%= config.bin %> <%= command.id %> my-experiment.yaml --set httperf.rate=2000',
    '<%= config.bin %> <%= command.id %> my-experiment.yaml --watch --seeds 2 --duration 10s',
  ];

  static override args = {
    file: Args.string({ required: true, description: 'The definition, a YAML file; - for stdin.' }),
  };

  static override flags = {
    ...experimentFlags,
    watch: Flags.boolean({
      summary: 'Run again whenever the definition, its machine or a recording changes.',
      exclusive: ['json'],
      helpGroup: 'RUN',
    }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Run);
    if (!flags.watch) return this.runFile(args.file, flags);
    const { runAtChanges } = await import('../cli/watch.js');
    const say = (line: string) => flags.quiet || this.logToStderr(line);
    return runAtChanges(args.file, say, (files) => this.runFile(args.file, flags, files));
  }

  /** @param files by which its machine and the like are read */
  private runFile(path: string, flags: ExperimentFlags, files?: DefinitionFiles): Promise<unknown> {
    return this.withThreads(flags, async () => {
      const { loadDefinition } = await import('../files/load-definition.js');
      if (flags.set === undefined) {
        const definition = loadDefinition(path, files);
        return this.conduct(path, definition.id, definition, flags);
      }
      const { readYamlFile } = await import('../files/read-yaml.js');
      const { whatIf } = await import('../cli/experiment/what-if.js');
      const { definition, flags: inFull } = whatIf(readYamlFile(path), flags, { files });
      return this.conduct(path, definition.id, definition, inFull);
    });
  }
}
