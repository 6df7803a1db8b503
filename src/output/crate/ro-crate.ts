import type { ExperimentResult } from '../../measure/experiment-result.js';
import type { Licence } from './licence.js';

/** Name of the crate's file in a folder of results, as the specification wants it. */
export const CRATE_FILE = 'ro-crate-metadata.json';

const SPECIFICATION = 'https://w3id.org/ro/crate/1.2';

/** What a crate says that results do not: they have no date and no licence. */
export interface Publication {
  readonly licence: Licence;
  /** Year, month and day, as ISO 8601 has them. */
  readonly date: string;
}

/** A file of the folder. */
export interface CrateFile {
  readonly path: string;
  readonly title: string;
  readonly mediatype: string;
}

const PAPER = {
  '@id': '#paper',
  '@type': 'ScholarlyArticle',
  name: 'Resource Management for Offloading IDS with VMs',
  author: [{ '@id': '#arai' }, { '@id': '#kourai' }, { '@id': '#chiba' }],
  datePublished: '2010-04',
  isPartOf: { '@id': '#series' },
};

const PAPER_ENTITIES = [
  PAPER,
  { '@id': '#arai', '@type': 'Person', name: 'Sungho Arai' },
  { '@id': '#kourai', '@type': 'Person', name: 'Kenichi Kourai' },
  { '@id': '#chiba', '@type': 'Person', name: 'Shigeru Chiba' },
  {
    '@id': '#series',
    '@type': 'Periodical',
    name: 'IPSJ SIG Technical Report, Vol. 2010-ARC-189 No. 6 / 2010-OS-114 No. 6',
  },
];

/**
 * The RO-Crate of a folder of results, as repositories of research data take it: the
 * folder as a data set with its files, the run that made them, the program, and the paper.
 * @param writtenBy the command line of the run
 */
export function roCrateJson(
  result: ExperimentResult,
  files: readonly CrateFile[],
  writtenBy: string,
  { licence, date }: Publication,
): string {
  const parts = files.map(({ path }) => ({ '@id': path }));
  const isPapers = result.paper !== '';
  const graph = [
    {
      '@id': CRATE_FILE,
      '@type': 'CreativeWork',
      conformsTo: { '@id': SPECIFICATION },
      about: { '@id': './' },
    },
    {
      '@id': './',
      '@type': 'Dataset',
      name: result.title,
      description: result.description || result.title,
      datePublished: date,
      license: { '@id': licence.url },
      ...(isPapers ? { citation: { '@id': PAPER['@id'] } } : {}),
      mentions: { '@id': '#run' },
      hasPart: parts,
    },
    { '@id': licence.url, '@type': 'CreativeWork', name: licence.name },
    ...files.map(({ path, title, mediatype }) => ({
      '@id': path,
      '@type': 'File',
      name: title,
      encodingFormat: mediatype,
    })),
    {
      '@id': '#run',
      '@type': 'CreateAction',
      name: writtenBy,
      description: runText(result),
      instrument: { '@id': '#offloadcage' },
      object: { '@id': '#definition' },
      result: parts,
    },
    {
      '@id': '#offloadcage',
      '@type': 'SoftwareApplication',
      name: 'OffloadCage',
      softwareVersion: result.version,
    },
    {
      '@id': '#definition',
      '@type': 'CreativeWork',
      name: `The experiment ${result.id}, resolved`,
      identifier: result.definitionHash,
    },
    ...(isPapers ? PAPER_ENTITIES : []),
  ];
  const document = { '@context': `${SPECIFICATION}/context`, '@graph': graph };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function runText({ seeds, durationS, warmupS, sampleS }: ExperimentResult): string {
  const times = `${durationS} s measured after ${warmupS} s, sampled every ${sampleS} s`;
  return `Seeds ${seeds.join(', ')}; ${times}`;
}
