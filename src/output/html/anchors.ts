/** Ids of a page's places, each once. */
export class Anchors {
  private readonly taken = new Set<string>();

  /** @param reserved ids that the page has anyway */
  constructor(reserved: readonly string[]) {
    for (const id of reserved) this.taken.add(id);
  }

  /** The id that is wanted or, if a place has it already, that with a number. */
  take(wanted: string): string {
    let id = wanted;
    for (let n = 2; this.taken.has(id); n++) id = `${wanted}-${n}`;
    this.taken.add(id);
    return id;
  }
}
