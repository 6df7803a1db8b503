import { Flags } from '@oclif/core';
import { allOf } from '../../base/all-of.js';
import type { ReportStyle } from '../../output/terminal/terminal-report.js';
import { forceFlag } from '../output/force-flag.js';
import { noCacheFlag } from '../store/no-cache-flag.js';
import { type PrecisionFlags, precisionFlags } from './precision-flags.js';

/** The last of 10,000 seeds from here is 2^31 - 1. */
export const MAX_FIRST_SEED = 2 ** 31 - 10_000;

/** Flags that say how to run. */
export const runFlags = {
  seed: Flags.integer({
    helpValue: 'N',
    summary: 'First seed; the runs take N, N+1, N+2 ...',
    default: 1,
    min: 0,
    max: MAX_FIRST_SEED,
    helpGroup: 'RUN',
  }),
  seeds: Flags.integer({
    helpValue: 'N',
    summary: "Number of seeds (default: the definition's).",
    min: 1,
    max: 10_000,
    helpGroup: 'RUN',
  }),
  duration: Flags.string({
    helpValue: 'D',
    summary: 'Measured time after the warm-up: 10s, 500ms; a bare number means seconds.',
    helpGroup: 'RUN',
  }),
  jobs: Flags.integer({
    helpValue: 'N',
    summary: 'Runs at the same time (default: one per processor).',
    min: 1,
    max: 1024,
    helpGroup: 'RUN',
  }),
  'no-cache': { ...noCacheFlag, helpGroup: 'RUN' },
};

/** The flags of every command that runs an experiment. */
export const experimentFlags = {
  out: Flags.string({
    helpValue: 'DIR',
    summary: 'Folder for the files (default: results/<experiment>); with `all`, the one above.',
    helpGroup: 'OUTPUT',
  }),
  charts: Flags.option({
    options: allOf<ReportStyle['charts']>({ main: true, all: true, none: true }),
  })({
    summary: 'Figures to print: the main one, all or none.',
    default: 'main',
    exclusive: ['quiet', 'json'],
    helpGroup: 'OUTPUT',
  }),
  figures: Flags.string({
    helpValue: 'KINDS',
    summary: 'Kinds of file for each figure: svg, png, pdf, or several as svg,pdf.',
    default: 'svg',
    helpGroup: 'OUTPUT',
  }),
  force: { ...forceFlag, helpGroup: 'OUTPUT' },
  'no-charts': Flags.boolean({
    summary: 'The same as --charts none.',
    exclusive: ['charts'],
    helpGroup: 'OUTPUT',
  }),
  'ro-crate': Flags.string({
    helpValue: 'LICENCE',
    summary: 'Add ro-crate-metadata.json, for repositories of research data, e.g. CC-BY-4.0.',
    helpGroup: 'OUTPUT',
  }),
  quiet: Flags.boolean({
    summary: 'Print errors only; the files are written all the same.',
    helpGroup: 'OUTPUT',
  }),
  verbose: Flags.boolean({
    char: 'v',
    summary: 'Print claims with statement, rule, other set-ups and causes.',
    exclusive: ['quiet', 'json'],
    helpGroup: 'OUTPUT',
  }),
  variant: Flags.string({
    helpValue: 'ID',
    summary: 'Run this variant only; may be given several times.',
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: 'RUN',
  }),
  set: Flags.string({
    helpValue: 'PATH=VALUE',
    summary: 'Another value, as in `sweep`; may be given several times.',
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: 'RUN',
  }),
  ...runFlags,
  ...precisionFlags,
};

export interface RunFlags {
  readonly seed: number;
  readonly seeds?: number | undefined;
  readonly duration?: string | undefined;
  readonly jobs?: number | undefined;
  readonly 'no-cache': boolean;
}

export interface ExperimentFlags extends RunFlags, PrecisionFlags {
  readonly out?: string | undefined;
  readonly charts: ReportStyle['charts'];
  readonly figures: string;
  readonly force: boolean;
  readonly 'no-charts': boolean;
  readonly 'ro-crate'?: string | undefined;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly variant?: readonly string[] | undefined;
  readonly set?: readonly string[] | undefined;
}
