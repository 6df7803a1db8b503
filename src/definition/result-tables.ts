/** Tables that the results of every experiment have, besides the samples of its variants. */
export const RESULT_TABLES = ['summary', 'claims', 'breakdown', 'counters'] as const;

export type ResultTable = (typeof RESULT_TABLES)[number];
