import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.js';
import { exitCodes } from '../cli/exit-codes.js';
import { runFlags } from '../cli/experiment-flags.js';

const FORMATS = ['text', 'junit', 'tap', 'markdown'] as const;

export default class Verify extends BaseCommand {
  static override summary = "Judge the paper's claims: all of them, or those that are named.";
  static override description = `
Runs what the claims need and prints for each: statement, the paper's value, ours with its 95% \
confidence interval over the seeds, verdict, how far it is from the threshold, and what it hangs \
on, in numbers from the true accounting. Writes no files.

Exit codes: 0 no claim fails; 3 one does; 1 the run failed; 2 wrong input; 130 Ctrl-C; 143 \
SIGTERM.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> S1 T1 M2',
    '<%= config.bin %> <%= command.id %> --format junit > claims.xml',
  ];

  static override strict = false;

  static override args = {
    claims: Args.string({ description: 'Ids of claims (see `list`), e.g. S1 M2; all if none.' }),
  };

  static override flags = {
    format: Flags.option({ options: FORMATS })({
      summary: 'How to print the verdicts.',
      default: 'text',
      helpGroup: 'OUTPUT',
    }),
    quiet: Flags.boolean({
      summary: 'No progress; print the verdicts only.',
      helpGroup: 'OUTPUT',
    }),
    ...runFlags,
  };

  async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(Verify);
    const { claimsNamed } = await import('../claims/catalog.js');
    const { runsFor } = await import('../claims/claim.js');
    const { judge } = await import('../claims/judge.js');
    const { findExperiment } = await import('../experiments/catalog.js');
    const { interruptible } = await import('../cli/interruption.js');
    const { simulate } = await import('../cli/simulation.js');
    const { renderVerdicts, verdictsJson } = await import('../output/verdicts/verdicts.js');
    const claims = claimsNamed(argv.map(String));
    const wanted = [...runsFor(claims)].map(([id, variants]) => ({
      definition: findExperiment(id),
      variants: [...variants],
    }));
    const silent = flags.quiet || this.jsonEnabled();
    const judged = await interruptible(async (signal) =>
      judge(claims, await simulate(wanted, flags, silent, signal)),
    );
    if (judged.claims.some(({ verdict }) => verdict === 'fails')) {
      process.exitCode = exitCodes.claimFails;
    }
    const { terminalOf } = await import('../output/terminal.js');
    this.log(renderVerdicts(judged, flags.format, terminalOf(process.stdout)));
    return verdictsJson(judged);
  }
}
