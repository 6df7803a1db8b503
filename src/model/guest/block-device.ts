/** Page and block size: what a read system call of Tripwire asks for, too. */
export const PAGE_BYTES = 4096;

/** Something that pages can be read from; several reads may be under way. */
export interface BlockDevice {
  /** Asks for pages; the reader is told when they are there. Reads complete in order. */
  read(firstPage: number, pages: number): void;
}

/** Who reads a block device. */
export interface BlockReader {
  /** Pages that were asked for are there: a whole read, or the next part of one. */
  readDone(firstPage: number, pages: number): void;
}
