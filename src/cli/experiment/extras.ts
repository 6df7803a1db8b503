import { InputError } from '../../base/input-error.js';
import { licenceOf } from '../../output/crate/licence.js';
import type { Publication } from '../../output/crate/ro-crate.js';
import { loadPictures, PICTURE_KINDS, type Picture } from '../../output/picture/picture-kinds.js';
import { chosen } from '../../sweep/chosen.js';
import type { FolderKinds } from '../output/output-folder.js';
import type { ExperimentFlags } from './experiment-flags.js';

/** What flags want of a folder of results besides what every one has. */
export interface Extras {
  /** Kinds of file for each figure, ready to be drawn. */
  readonly pictures: readonly Picture[];
  readonly publication: Publication | null;
  readonly kinds: FolderKinds;
}

/**
 * Checks what --figures and --ro-crate say.
 * @throws InputError; OutputError if a package that draws is not installed
 */
export async function extrasOf({
  figures,
  'ro-crate': licence,
}: Pick<ExperimentFlags, 'figures' | 'ro-crate'>): Promise<Extras> {
  const wanted = chosen('--figures', figures.split(','), PICTURE_KINDS);
  const kinds = PICTURE_KINDS.filter((kind) => wanted.includes(kind));
  const publication =
    licence === undefined ? null : { licence: licenceOf('--ro-crate', licence), date: today() };
  const hasCrate = publication !== null;
  return {
    pictures: await loadPictures(kinds),
    publication,
    kinds: { pictures: kinds, hasCrate },
  };
}

/** The day, in UTC; that of SOURCE_DATE_EPOCH if that is set, as reproducible builds want it. */
function today(): string {
  const { SOURCE_DATE_EPOCH: epoch } = process.env;
  if (epoch === undefined || epoch === '') return new Date().toISOString().slice(0, 10);
  if (!/^\d{1,11}$/.test(epoch)) {
    const allowed = 'seconds since 1970, at most eleven digits';
    throw new InputError(`SOURCE_DATE_EPOCH: got ${JSON.stringify(epoch)}; allowed: ${allowed}`);
  }
  return new Date(1000 * Number(epoch)).toISOString().slice(0, 10);
}
