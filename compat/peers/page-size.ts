/** Bytes of a page of the target and of the host, and of a RAM block of which no other size is told. */
export const PAGE_SIZE = 4096;
