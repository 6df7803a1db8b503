/** Steps from the whole to a value in it. */
export type Path = readonly (string | number)[];

/** Where something is in a text. */
export interface Place {
  /** For messages, e.g. `file:line:column`. */
  readonly text: string;
  /** Puts places of one text in order. */
  readonly offset: number;
}

/** A file as far as it matters where it is. Plain data. */
export interface FileName {
  /** How messages call it. */
  readonly name: string;
  /** To which the paths in it are relative. */
  readonly folder: string;
}

/** Plain values to be checked, and where each of them is, for messages. */
export interface Source extends FileName {
  readonly value: unknown;
  /** Place of the value at `path`, or of what is nearest above it. */
  locate(path: Path): Place;
  /** The same for the key at the end of `path`. */
  locateKey(path: Path): Place;
}

/** Values that nobody has written in this way: places are the file. */
export function placeless({ name, folder }: FileName, value: unknown): Source {
  const locate = () => ({ text: name, offset: 0 });
  return { name, folder, value, locate, locateKey: locate };
}
