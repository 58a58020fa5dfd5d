/** Said where --snapshot is given for anything else. */
export const ONLY_QCOW2 = "--snapshot picks one of the snapshots in a qcow2 image, and this is none";
