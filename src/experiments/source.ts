/** Steps from the whole to a value in it. */
export type Path = readonly (string | number)[];

/** Plain values to be checked, and where each of them is, for messages. */
export interface Source {
  readonly value: unknown;
  /** Place of the value at `path`, or of what is nearest above it, e.g. `file:line:col`. */
  locate(path: Path): string;
  /** The same for the key at the end of `path`. */
  locateKey(path: Path): string;
}
