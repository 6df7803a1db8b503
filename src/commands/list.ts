import { BaseCommand } from '../cli/base-command.js';

interface ListedExperiment {
  readonly id: string;
  readonly title: string;
  readonly paper: string;
  readonly variants: readonly string[];
  readonly figures: readonly { readonly id: string; readonly title: string }[];
  readonly claims: readonly {
    readonly id: string;
    readonly figure: string;
    readonly statement: string;
    readonly paper: string;
    readonly basis: string;
    readonly evidence: string;
  }[];
}

interface ListedSweep {
  readonly id: string;
  readonly title: string;
  readonly experiment: string;
}

/** `list`. Its JSON has the experiments in the order of the paper, and the sweeps by id. */
export default class List extends BaseCommand {
  static override summary = 'List the experiments with their figures and claims, and the sweeps.';

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];

  async run(): Promise<{ experiments: ListedExperiment[]; sweeps: ListedSweep[] }> {
    await this.parse(List);
    const { loadCatalog } = await import('../files/experiment-catalog.js');
    const { claimsAbout } = await import('../claims/catalog.js');
    const experiments = loadCatalog().map(({ id, title, paper, variants, figures }) => ({
      id,
      title,
      paper,
      variants: variants.map((variant) => variant.id),
      figures: figures.map((figure) => ({ id: figure.id, title: figure.title })),
      claims: claimsAbout(id).map((claim) => ({
        id: claim.id,
        figure: claim.figure,
        statement: claim.statement,
        paper: claim.paper,
        basis: claim.basis,
        evidence: claim.evidence,
      })),
    }));
    const { loadSweeps } = await import('../sweep/sweep-file.js');
    const sweeps = loadSweeps().map(({ id, title, definition }) => ({
      id,
      title,
      experiment: definition.id,
    }));
    for (const experiment of experiments) this.print(experiment);
    this.log(`Sweeps, for \`${this.config.bin} sweep\`:`);
    const width = Math.max(...sweeps.map(({ id }) => id.length));
    for (const { id, title } of sweeps) this.log(`  ${id.padEnd(width)}  ${title}`);
    return { experiments, sweeps };
  }

  private print({ id, title, paper, variants, figures, claims }: ListedExperiment): void {
    this.log(`${id}: ${title}${paper === '' ? '' : ` (${paper})`}`);
    this.log(`  variants: ${variants.join(', ')}`);
    const lines = [
      ...figures.map((figure) => [figure.id, figure.title] as const),
      ...claims.map(({ id, statement, evidence, basis }) => {
        return [id, `${statement} (paper: ${evidence}; here: ${basis})`] as const;
      }),
    ];
    const width = Math.max(...lines.map(([name]) => name.length));
    for (const [name, text] of lines) this.log(`  ${name.padEnd(width)}  ${text}`);
    this.log('');
  }
}
