import { Args, Flags } from '@oclif/core';
import { allOf } from '../base/all-of.js';
import type { Claim } from '../claims/claim.js';
import { BaseCommand } from '../cli/base-command.js';
import { exitCodes, STOPPED_CODES } from '../cli/exit-codes.js';
import { type RunFlags, runFlags } from '../cli/experiment/experiment-flags.js';
import { forceFlag } from '../cli/output/force-flag.js';
import { commandLine } from '../cli/output/written-by.js';
import { flagWords } from '../cli/sweep/sweep-words.js';
import type { VerdictFormat } from '../output/verdicts/verdicts.js';

const FORMATS = allOf<VerdictFormat>({ text: true, junit: true, tap: true, markdown: true });

/** What --sensitivity takes, if nothing is said. */
const POINTS = 200;
const FOLDER = 'results/sensitivity';

interface VerifyFlags extends RunFlags {
  readonly format: VerdictFormat;
  readonly quiet: boolean;
}

interface SurveyFlags extends VerifyFlags {
  readonly points: number;
  readonly force: boolean;
  readonly out: string;
}

/** `verify`. Its JSON has the claims as judged; with --sensitivity what decides each, and files. */
export default class Verify extends BaseCommand {
  static override summary = "Judge the paper's claims: all of them, or those that are named.";
  static override description = `
Runs what the claims need and prints for each: statement, the paper's value, ours with its 95% \
confidence interval over the seeds, verdict, how far it is from the bound, and what it hangs \
on, in numbers from the true accounting.

With --sensitivity, it varies every cost that nobody measured by -30 to +30%, one at a time and \
all together, and prints which claims are borne out and which cost decides each. That takes \
minutes; it runs each variant once (--seeds) for 10 s (--duration) at each point, or as long as \
the claim speaks of, and writes CSV files.

Exit codes: 0 no claim fails; 3 one does; 1 the run failed; 2 wrong input; \
${STOPPED_CODES}.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> S1 T1 M2',
    '<%= config.bin %> <%= command.id %> --format junit > claims.xml',
    '<%= config.bin %> <%= command.id %> --sensitivity S1 S4',
  ];

  static override strict = false;

  static override args = {
    claims: Args.string({ description: 'Ids of claims (see `list`), e.g. S1 M2; all if none.' }),
  };

  static override flags = {
    format: Flags.option({ options: FORMATS })({
      summary: 'How to print the verdicts.',
      default: 'text',
      exclusive: ['sensitivity', 'json'],
      helpGroup: 'OUTPUT',
    }),
    quiet: Flags.boolean({
      summary: 'No progress; print the verdicts only.',
      helpGroup: 'OUTPUT',
    }),
    ...runFlags,
    sensitivity: Flags.boolean({
      summary: 'Vary the costs that nobody measured.',
      helpGroup: 'SENSITIVITY',
    }),
    points: Flags.integer({
      helpValue: 'N',
      summary: `Points at which all costs are varied together (default: ${POINTS}); ranks need 8.`,
      min: 8,
      max: 100_000,
      dependsOn: ['sensitivity'],
      helpGroup: 'SENSITIVITY',
    }),
    out: Flags.string({
      helpValue: 'DIR',
      summary: `Folder for the CSV files of --sensitivity (default: ${FOLDER}).`,
      dependsOn: ['sensitivity'],
      helpGroup: 'SENSITIVITY',
    }),
    force: { ...forceFlag, dependsOn: ['sensitivity'], helpGroup: 'SENSITIVITY' },
  };

  async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(Verify);
    const { claimsNamed } = await import('../claims/catalog.js');
    const claims = claimsNamed(argv.map(String));
    const { points = POINTS, out = FOLDER } = flags;
    if (flags.sensitivity) return this.survey(claims, argv.map(String), { ...flags, points, out });
    return this.judge(claims, flags);
  }

  private async judge(claims: readonly Claim[], flags: VerifyFlags): Promise<unknown> {
    const { judge } = await import('../claims/judge.js');
    const { claimRuns } = await import('../cli/experiment/claim-runs.js');
    const { interruptible } = await import('../cli/interruption.js');
    const { simulate } = await import('../cli/experiment/simulation.js');
    const { renderVerdicts, verdictsJson } = await import('../output/verdicts/verdicts.js');
    const { terminalOf } = await import('../output/terminal/terminal.js');
    const judged = await interruptible(async (signal) =>
      judge(claims, await simulate(claimRuns(claims), flags, this.isSilent(flags), signal)),
    );
    if (judged.claims.some(({ verdict }) => verdict === 'fails')) {
      process.exitCode = exitCodes.claimFails;
    }
    this.log(renderVerdicts(judged, flags.format, terminalOf(process.stdout)));
    return verdictsJson(judged);
  }

  private async survey(
    claims: readonly Claim[],
    names: readonly string[],
    flags: SurveyFlags,
  ): Promise<unknown> {
    const { surveyClaims } = await import('../cli/sensitivity.js');
    const { findings } = await import('../claims/sensitivity/findings.js');
    const { interruptible } = await import('../cli/interruption.js');
    const { replaceFiles, checkWritable } = await import('../output/folder/replace-files.js');
    const { checkFolder } = await import('../cli/output/replaceable.js');
    const { leftoversIn, readDescriptor } = await import('../output/folder/descriptor.js');
    const { SENSITIVITY_FILES, sensitivityFiles } = await import('../output/sensitivity/files.js');
    const { renderSensitivity, sensitivityJson } = await import(
      '../output/sensitivity/sensitivity-report.js'
    );
    const { terminalOf } = await import('../output/terminal/terminal.js');
    return interruptible(async (signal) => {
      await checkWritable(flags.out);
      const writtenBy = surveyCommand(names, flags);
      if (!flags.force) {
        checkFolder(flags.out, SENSITIVITY_FILES, writtenBy, await readDescriptor(flags.out));
      }
      const surveyed = await surveyClaims(claims, flags, this.isSilent(flags), signal);
      const found = findings(surveyed);
      const files = sensitivityFiles(surveyed, found, writtenBy);
      const stale = await leftoversIn(flags.out, files);
      await replaceFiles([{ folder: flags.out, files, stale }]);
      this.log(renderSensitivity(surveyed, found, terminalOf(process.stdout)));
      this.logToStderr(`wrote ${files.length} files to ${flags.out}`);
      const paths = files.map(({ name }) => `${flags.out}/${name}`);
      return sensitivityJson(surveyed, found, paths);
    });
  }

  private isSilent({ quiet }: VerifyFlags): boolean {
    return quiet || this.jsonEnabled();
  }
}

/** The command line that the files record. */
function surveyCommand(
  names: readonly string[],
  { points, seed, seeds, duration }: SurveyFlags,
): string {
  return commandLine(
    'verify',
    '--sensitivity',
    ...names,
    ...flagWords('--points', points === POINTS ? undefined : points),
    ...flagWords('--seed', seed === 1 ? undefined : seed),
    ...flagWords('--seeds', seeds),
    ...flagWords('--duration', duration),
  );
}
