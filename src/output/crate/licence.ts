import identifiers from 'spdx-license-ids/index.json' with { type: 'json' };
import { InputError } from '../../base/input-error.js';
import { nearestName } from '../../base/nearest.js';

/** Under which conditions results may be used. */
export interface Licence {
  /** The address of its text. */
  readonly url: string;
  readonly name: string;
}

/**
 * A licence by its SPDX identifier, in any case, or by its address.
 * @throws InputError that names the flag
 */
export function licenceOf(flag: string, text: string): Licence {
  if (/^https:\/\/\S+$/.test(text) && URL.canParse(text)) return { url: text, name: text };
  const name = identifiers.find((id) => id.toLowerCase() === text.toLowerCase());
  if (name !== undefined) return { url: `https://spdx.org/licenses/${name}`, name };
  const nearest = nearestName(text, identifiers);
  const hint = nearest === null ? '' : `; did you mean ${nearest}?`;
  throw new InputError(
    `${flag}: got ${JSON.stringify(text)}; allowed: an identifier of SPDX, such as CC-BY-4.0, ` +
      `or an address that begins with https://${hint}`,
  );
}
