import { Args, Flags } from '@oclif/core';
import { allOf } from '../base/all-of.js';
import type { Claim } from '../claims/claim.js';
import { BaseCommand } from '../cli/base-command.js';
import { exitCodes, STOPPED_CODES } from '../cli/exit-codes.js';
import { type RunFlags, runFlags } from '../cli/experiment/experiment-flags.js';
import { type PrecisionFlags, precisionFlags } from '../cli/experiment/precision-flags.js';
import { forceFlag } from '../cli/output/force-flag.js';
import type { Made } from '../cli/output/made-files.js';
import { commandLine } from '../cli/output/written-by.js';
import { flagWords } from '../cli/sweep/sweep-words.js';
import type { VerdictFormat } from '../output/verdicts/verdicts.js';
import type { RunStore } from '../run/store/run-store.js';

const FORMATS = allOf<VerdictFormat>({ text: true, junit: true, tap: true, markdown: true });

/** What --sensitivity takes, if nothing is said. */
const POINTS = 200;
/** Where files go, if nothing is said. */
const FOLDERS = { sensitivity: 'results/sensitivity', readings: 'results/readings' } as const;

/** Nothing else writes files. */
const WRITES = { type: 'some' as const, flags: ['sensitivity', 'readings'] };

interface VerifyFlags extends RunFlags, PrecisionFlags {
  readonly format: VerdictFormat;
  readonly quiet: boolean;
}

interface WritingFlags extends VerifyFlags {
  readonly force: boolean;
  readonly out: string;
}

interface SurveyFlags extends WritingFlags {
  readonly points: number;
}

/**
 * `verify`. Its JSON has the claims as judged; with --sensitivity what decides each, with
 * --readings the matrix, and files.
 */
export default class Verify extends BaseCommand {
  static override summary = "Judge the paper's claims: all of them, or those that are named.";
  static override description = `
Runs what the claims need and prints for each: statement, the paper's value, ours with its 95% \
confidence interval over the seeds, verdict, how far it is from the bound, and what it hangs \
on, in numbers from the true accounting.

With --sensitivity, it varies every cost that nobody measured, and every setting that is assumed, \
by -30 to +30%, one at a time and all together, and prints which claims are borne out and which \
of them decides each. That takes minutes; it runs each variant once (--seeds) for 10 s \
(--duration) at each point, or as long as the claim speaks of, and writes CSV files.

With --readings, it asks the claims of several readings of the paper: coherent choices of what it \
leaves open, such as the paper's words, the kernels' source, or CFS. It prints a matrix of claims \
by readings and what each reading takes, and writes both as CSV and Markdown. That takes some \
minutes, too. If no claim is named, both take those about the paper's experiments.

Exit codes: 0 no claim fails; 3 one does, with --readings under the first; 1 the run failed; \
2 wrong input; \
${STOPPED_CODES}.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> S1 T1 M2',
    '<%= config.bin %> <%= command.id %> --format junit > claims.xml',
    '<%= config.bin %> <%= command.id %> --sensitivity S1 S4',
    '<%= config.bin %> <%= command.id %> --readings',
  ];

  static override strict = false;

  static override args = {
    claims: Args.string({ description: 'Ids of claims (see `list`), e.g. S1 M2; all if none.' }),
  };

  static override flags = {
    format: Flags.option({ options: FORMATS })({
      summary: 'How to print the verdicts.',
      default: 'text',
      exclusive: ['sensitivity', 'readings', 'json'],
      helpGroup: 'OUTPUT',
    }),
    quiet: Flags.boolean({
      summary: 'No progress; print the verdicts only.',
      helpGroup: 'OUTPUT',
    }),
    ...runFlags,
    precision: { ...precisionFlags.precision, exclusive: ['sensitivity', 'readings'] },
    'max-seeds': precisionFlags['max-seeds'],
    sensitivity: Flags.boolean({
      summary: 'Vary the costs that nobody measured, and assumed settings.',
      helpGroup: 'SENSITIVITY',
    }),
    points: Flags.integer({
      helpValue: 'N',
      summary: `Points at which all are varied together (default: ${POINTS}); ranks need 8.`,
      min: 8,
      max: 100_000,
      dependsOn: ['sensitivity'],
      helpGroup: 'SENSITIVITY',
    }),
    readings: Flags.boolean({
      summary: 'Ask the claims of several readings of what the paper leaves open.',
      exclusive: ['sensitivity'],
      helpGroup: 'READINGS',
    }),
    out: Flags.string({
      helpValue: 'DIR',
      summary:
        'Folder for the files of --sensitivity or --readings ' +
        `(default: ${FOLDERS.sensitivity}, ${FOLDERS.readings}).`,
      relationships: [WRITES],
      helpGroup: 'OUTPUT',
    }),
    force: { ...forceFlag, relationships: [WRITES], helpGroup: 'OUTPUT' },
  };

  async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(Verify);
    const { ALL_CLAIMS, CLAIMS, claimsNamed } = await import('../claims/catalog.js');
    const names = argv.map(String);
    const claims = claimsNamed(names, flags.sensitivity || flags.readings ? CLAIMS : ALL_CLAIMS);
    const { points = POINTS } = flags;
    if (flags.sensitivity) {
      const { out = FOLDERS.sensitivity } = flags;
      return this.survey(claims, names, { ...flags, points, out });
    }
    if (flags.readings) {
      return this.read(claims, names, { ...flags, out: flags.out ?? FOLDERS.readings });
    }
    return this.judge(claims, flags);
  }

  private async judge(claims: readonly Claim[], flags: VerifyFlags): Promise<unknown> {
    const { judge } = await import('../claims/judge.js');
    const { claimRuns } = await import('../cli/experiment/claim-runs.js');
    const { interruptible } = await import('../cli/interruption.js');
    const { simulate } = await import('../cli/experiment/simulation.js');
    const { watchedIn } = await import('../cli/experiment/watched.js');
    const { seedsTakenText } = await import('../output/words/seeds-taken.js');
    const { renderVerdicts, verdictsJson } = await import('../output/verdicts/verdicts.js');
    const { terminalOf } = await import('../output/terminal/terminal.js');
    const isSilent = this.isSilent(flags);
    const wanted = claimRuns(claims);
    const watched = watchedIn(0, claims);
    const results = await this.withStore(flags, (store) =>
      interruptible((signal) => simulate(wanted, flags, isSilent, signal, { store }, watched)),
    );
    const judged = judge(claims, results);
    if (judged.claims.some(({ verdict }) => verdict === 'fails')) {
      process.exitCode = exitCodes.claimFails;
    }
    this.log(renderVerdicts(judged, flags.format, terminalOf(process.stdout)));
    for (const { id, seedsTaken } of flags.quiet ? [] : results) {
      if (seedsTaken !== undefined) this.logToStderr(`${id}: ${seedsTakenText(seedsTaken)}`);
    }
    return verdictsJson(judged, results);
  }

  private async survey(
    claims: readonly Claim[],
    names: readonly string[],
    flags: SurveyFlags,
  ): Promise<unknown> {
    const { surveyClaims } = await import('../cli/sensitivity.js');
    const { findings } = await import('../claims/sensitivity/findings.js');
    const { SENSITIVITY_FILES, sensitivityFiles } = await import('../output/sensitivity/files.js');
    const { renderSensitivity, sensitivityJson } = await import(
      '../output/sensitivity/sensitivity-report.js'
    );
    const writtenBy = surveyCommand(names, flags);
    return this.write(flags, SENSITIVITY_FILES, writtenBy, async (signal, store) => {
      const surveyed = await surveyClaims(claims, flags, this.isSilent(flags), signal, store);
      const found = findings(surveyed);
      return {
        files: sensitivityFiles(surveyed, found, writtenBy),
        text: (terminal) => renderSensitivity(surveyed, found, terminal),
        json: (paths) => sensitivityJson(surveyed, found, paths),
      };
    });
  }

  private async read(
    claims: readonly Claim[],
    names: readonly string[],
    flags: WritingFlags,
  ): Promise<unknown> {
    const { readClaims } = await import('../cli/readings.js');
    const { READINGS_FILES, readingsFiles } = await import('../output/readings/files.js');
    const { readingsJson } = await import('../output/readings/readings-json.js');
    const { renderReadings } = await import('../output/readings/readings-report.js');
    const writtenBy = commandLine('verify', '--readings', ...names, ...runWords(flags));
    return this.write(flags, READINGS_FILES, writtenBy, async (signal, store) => {
      const matrix = await readClaims(claims, flags, this.isSilent(flags), signal, store);
      const [reference] = matrix.columns;
      if (
        reference?.cells.some((cell) => cell.kind === 'judged' && cell.claim.verdict === 'fails')
      ) {
        process.exitCode = exitCodes.claimFails;
      }
      return {
        files: readingsFiles(matrix, writtenBy),
        text: (terminal) => renderReadings(matrix, terminal),
        json: (paths) => readingsJson(matrix, paths),
      };
    });
  }

  /** @returns what `--json` prints */
  private async write(
    flags: WritingFlags,
    names: readonly string[],
    writtenBy: string,
    make: (signal: AbortSignal, store: RunStore | null) => Promise<Made>,
  ): Promise<unknown> {
    const { makeInto } = await import('../cli/output/made-files.js');
    const { terminalOf } = await import('../output/terminal/terminal.js');
    const { out, force } = flags;
    const { made, paths } = await this.withStore(flags, (store) =>
      makeInto(out, { names, writtenBy, force }, (signal) => make(signal, store)),
    );
    this.log(made.text(terminalOf(process.stdout)));
    this.logToStderr(`wrote ${paths.length} files to ${out}`);
    return made.json(paths);
  }

  private isSilent({ quiet }: VerifyFlags): boolean {
    return quiet || this.jsonEnabled();
  }
}

/** The command line that the files of a survey record. */
function surveyCommand(names: readonly string[], flags: SurveyFlags): string {
  const { points } = flags;
  return commandLine(
    'verify',
    '--sensitivity',
    ...names,
    ...flagWords('--points', points === POINTS ? undefined : points),
    ...runWords(flags),
  );
}

/** The flags on which the runs depend. */
function runWords({ seed, seeds, duration }: RunFlags): string[] {
  return [
    ...flagWords('--seed', seed === 1 ? undefined : seed),
    ...flagWords('--seeds', seeds),
    ...flagWords('--duration', duration),
  ];
}
