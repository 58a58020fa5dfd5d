/** Bytes of a page of the target, of the host, and of every RAM block. Peers with other pages are not modelled. */
export const PAGE_SIZE = 4096;
