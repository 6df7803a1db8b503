import { Flags } from '@oclif/core';
import { allOf } from '../base/all-of.js';
import { BaseCommand } from '../cli/base-command.js';
import { reportError } from '../cli/errors.js';
import { exitCodes, STOPPED_CODES } from '../cli/exit-codes.js';
import { noCacheFlag } from '../cli/store/no-cache-flag.js';
import { TARGETS } from '../run/calibration/targets.js';

type FitFormat = 'text' | 'markdown';

const TARGET_LINES = TARGETS.map(({ name, description, defaultPct }) => {
  const said = defaultPct === undefined ? name : `${name}=${defaultPct}`;
  return `  ${said.padEnd(29)}${description}`;
});

/** `calibrate`. Its JSON has each fit with its rounds; with --claims, what holds at its costs. */
export default class Calibrate extends BaseCommand {
  static override summary = "Fit the machine's three open costs to what was measured.";
  static override description = `
Repeats the experiments with other costs of web server, domain 0's network and Snort until they \
read what the paper measured, or what --target says. The values are percent of the CPU. Each cost \
has one target, the one that tells most about it:

${TARGET_LINES.join('\n')}

For one cost there may be several targets, or several values of one, as a list 34,36 or a range \
34:41:1. Each is fitted, and a table shows them side by side. --claims adds what the claims S1 to \
T3 give at each fit.

The fit begins with the machine's costs. --set begins elsewhere, or fits under another assumption \
or load, for instance --set rate=2000. What is printed at the end of a single fit are the lines \
for the machine's file.

Exit codes: 0 fitted, of several values at least one; 1 not fitted, or the run failed; 2 wrong \
input; ${STOPPED_CODES}.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --target snort_cpu_pct=45 --target vm_cpu_pct=30',
    '<%= config.bin %> <%= command.id %> --target vm_cpu_pct=34:41:1 --claims',
    '<%= config.bin %> <%= command.id %> --target tripwire_total_cpu_pct=70',
    '<%= config.bin %> <%= command.id %> --set web_request=60 --set guest_packet=4',
  ];

  static override flags = {
    target: Flags.string({
      helpValue: 'NAME=VALUE',
      summary: 'A reading to fit to, in percent of the CPU; see above.',
      multiple: true,
      multipleNonGreedy: true,
    }),
    claims: Flags.boolean({
      summary: 'Judge the claims about Snort and Tripwire at each fit.',
    }),
    set: Flags.string({
      helpValue: 'PATH=VALUE',
      summary: 'A value as in `sweep`; of a fitted cost, where to begin.',
      multiple: true,
      multipleNonGreedy: true,
    }),
    precision: Flags.integer({
      helpValue: 'PCT',
      summary: "End when each cost's 95% interval is within so many percent.",
      default: 1,
      min: 1,
      max: 50,
    }),
    seeds: Flags.integer({
      helpValue: 'N',
      summary:
        'Seeds per set of costs in the first rounds; the last ones have seven times as many.',
      default: 4,
      min: 1,
      max: 10_000,
    }),
    rounds: Flags.integer({
      helpValue: 'N',
      summary: 'Rounds at most, for each fit.',
      default: 40,
      min: 1,
      max: 1000,
    }),
    jobs: Flags.integer({
      helpValue: 'N',
      summary: 'Runs at the same time (default: one per processor).',
      min: 1,
      max: 1024,
    }),
    'no-cache': noCacheFlag,
    format: Flags.option({ options: allOf<FitFormat>({ text: true, markdown: true }) })({
      summary: 'How to print; in Markdown the table only.',
      default: 'text',
      exclusive: ['json'],
    }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Calibrate);
    const { aimsOf } = await import('../cli/calibration/aims.js');
    const { fitAndJudge } = await import('../cli/calibration/fit-and-judge.js');
    const { definitionWith } = await import('../sweep/definition-with.js');
    const { readYamlFile } = await import('../files/read-yaml.js');
    const { experimentFile } = await import('../files/shipped.js');
    const { interruptible } = await import('../cli/interruption.js');
    const { FitReport, failureText, reportMarkdown } = await import(
      '../output/calibration/fit-report.js'
    );
    const { terminalOf } = await import('../output/terminal/terminal.js');
    const lists = aimsOf(flags.target ?? []);
    const { set = [], claims, format } = flags;
    const needed = new Set(lists.flat().map(({ experiment }) => experiment));
    const definitions = (['snort', 'tripwire'] as const)
      .filter((id) => claims || needed.has(id))
      .map((id) => definitionWith(readYamlFile(experimentFile(id)), { set }).definition);
    const report = new FitReport(terminalOf(process.stdout));
    const print = (text: string) => {
      if (format === 'text' && text !== '') this.log(text);
    };
    const fits = await this.withStore(flags, (store) =>
      interruptible((signal) =>
        fitAndJudge(definitions, lists, {
          ...flags,
          store,
          isSilent: this.jsonEnabled(),
          onRound: (round) => print(report.round(round)),
          // Why a single fit failed is the error.
          onFit: (fit) => print(lists.length > 1 || fit.outcome === 'found' ? report.fit(fit) : ''),
          signal,
        }),
      ),
    );
    print(report.end(fits));
    if (format === 'markdown') this.log(reportMarkdown(fits));
    const failed = fits.filter(({ outcome }) => outcome !== 'found').map(failureText);
    if (failed.length === fits.length) reportError(new NotFitted(failed));
    return { fits };
  }
}

/** The rounds are a result, and printed all the same. */
class NotFitted extends Error {
  readonly exitCode = exitCodes.failed;

  constructor(readonly messages: readonly string[]) {
    super(messages[0]);
  }
}
