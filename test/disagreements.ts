/** Crafted cases whose recorded ending the models do not give, and why. */
export const DISAGREEMENTS: readonly { readonly id: string; readonly why: string }[] = [
  {
    id: "ram-blocks-bios-other-size@5.2.0",
    why: "the firmware's size is not part of a case: it was 64 KiB here",
  },
  {
    id: "ram-blocks-bios-other-size@7.2.22",
    why: "the firmware's size is not part of a case: it was 64 KiB here",
  },
  {
    id: "ram-blocks-bios-other-size@10.0.13",
    why: "the firmware's size is not part of a case: it was 64 KiB here",
  },
  {
    id: "ram-blocks-bios-other-size@11.1.3",
    why: "the firmware's size is not part of a case: it was 64 KiB here",
  },
  { id: "ram-blocks-second-unknown@5.2.0", why: "the guest had no display, which a case does not tell" },
  { id: "ram-blocks-second-unknown@7.2.22", why: "the guest had no display, which a case does not tell" },
  { id: "ram-blocks-second-unknown@10.0.13", why: "the guest had no display, which a case does not tell" },
  { id: "ram-blocks-second-unknown@11.1.3", why: "the guest had no display, which a case does not tell" },
  {
    id: "ram-blocks-cut-in-list@5.2.0",
    why: "what stands behind a name that is cut off is memory that was never written",
  },
  {
    id: "package-listen-ram-part-bad-flag@10.0.13",
    why: "the listen thread read a section before the main thread's error ended the process",
  },
  {
    id: "package-listen-run-open@11.1.3",
    why: "the monitor died when the peer closed; the answer tells the status from before",
  },
  {
    id: "rp-req-id-length-13 [postcopy]@7.2.22",
    why: "a race of the return path's thread with the source's start",
  },
  { id: "random-rp-27@10.0.13", why: "a race of the return path's thread with the source's start" },
];
