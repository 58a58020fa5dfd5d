import { bytes, differs, type Wordings } from "./phrases.ts";

/** Wording of findings about libvirt save images, up to their payload. */
export const saveImage = {
  SAVE_BYTE_ORDER_CONSISTENT: [
    ({ what, expected, found }) =>
      `the version is ${expected}, but only as ${found} numbers do the others make sense: ${what}`,
    "libvirt tells the byte order from the version alone, reads the others in that order and refuses the image. Write all five numbers in one byte order.",
  ],
  SAVE_COOKIE_KNOWN: [
    ({ found }) => `the save cookie holds what no known release writes: ${found}`,
    "Releases ignore what they do not know there. The image may be from a newer libvirt, or a patched one.",
  ],
  SAVE_COOKIE_OFFSET_SOUND: [
    (args) => `the place of the save cookie is odd: ${differs(args)}`,
    "Beyond the data, libvirtd up to 11.3.0 aborts as soon as the image is looked at, and a later release refuses it: keep such an image away from them. A cookie in another place than right behind the XML is read, but no release puts it there.",
  ],
  SAVE_COOKIE_TERMINATED: [
    ({ length }) => `the save cookie of ${bytes(length)} has no NUL behind it before the stream begins`,
    "libvirt reads it as a C string and relies on what happens to follow in its memory.",
  ],
  SAVE_COOKIE_WELL_FORMED: [
    ({ line, column, problem }) => `the save cookie is not XML, line ${line}, column ${column}: ${problem}`,
    "save-image-dumpxml and -define do not look at the cookie; a restore fails over it before QEMU is given the stream. Setting cookieOffset to 0 makes libvirt go on without the cookie.",
  ],
  SAVE_DATA_COMPLETE: [
    ({ what, need, have }) =>
      `the file ends within ${what}: ${bytes(need)} lie between the header and the stream, ${have} of them are here`,
    "The image is cut off, or copied before it was written out. It holds nothing of the guest's memory: no release restores it.",
  ],
  SAVE_DATA_LENGTH_SOUND: [
    (args) => `the length of XML, cookie and padding cannot be right: ${differs(args)}`,
    "libvirt allocates as many bytes as the header says, up to 4 GiB, before it finds that they are not there. Where the length is wrong, so is the place where the stream begins.",
  ],
  SAVE_FORMAT_KNOWN: [
    (args) => `the number of the format is one that means nothing: ${differs(args)}`,
    "In version 2, libvirt up to 9.0.0 shows the XML of such an image and fails to restore it; since 11.2.0 at the latest it refuses the image at once. In versions 0 and 1 the number is ignored: the stream is raw.",
  ],
  SAVE_HEADER_COMPLETE: [
    ({ need, have }) =>
      `the file ends within the header of a save image: ${need} bytes needed, ${have} there`,
    "Nothing was saved, or nothing has been written out yet: while a save runs the file may be empty for long. virsh restore fails; virsh start removes such a managed save since 0.9.9, and boots afresh.",
  ],
  SAVE_HEADER_NATIVE: [
    ({ found }) => `the header was written by a ${found} host`,
    "libvirt since 0.9.1 swaps it on a host of the other byte order. save-image-define then writes it back in the order of the host it runs on.",
  ],
  SAVE_IMAGE_FINISHED: [
    ({ found }) => `the image is marked as unfinished: ${found} where a finished one has LibvirtQemudSave`,
    "The save failed or was killed, or is still running. Even if the stream is whole, the guest was resumed when libvirtd came back: restoring its memory over disks that have changed since corrupts file systems.",
  ],
  SAVE_MAGIC_KNOWN: [
    ({ found, have }) =>
      `a save image begins with LibvirtQemudSave, this file with ${found}${have ? "; it is read as one all the same, because what follows is like one" : ""}`,
    "virsh restore says “image magic is incorrect”. As a managed save, virsh start refuses it up to 9.0.0; since 11.2.0 at the latest it silently removes the file and boots afresh.",
  ],
  SAVE_PADDING_ROOM: [
    () => "there is no padding behind the XML",
    "save-image-edit and managedsave-edit cannot make the XML longer (“new xml too large to fit in file”). Releases before 0.8.1 and from 1.0.1 to 6.2.0 leave no room.",
  ],
  SAVE_PADDING_ZERO: [
    ({ found }) => `the padding before the stream is not all zero: ${found}`,
    "libvirt does not look at it, and writes zeros over it when the XML is edited.",
  ],
  SAVE_RESERVED_ZERO: [
    ({ found }) => `unused bytes of the header are not zero: ${found}`,
    "No release reads them, and all write zeros: another program, a later release or damage. What is damaged here may be damaged elsewhere.",
  ],
  SAVE_TEXT_BOUNDED: [
    ({ what, expected, found }) =>
      `${what} has ${bytes(found)}, more than the ${expected} that are looked into`,
    "libvirt would read all of it. What it says is not checked here.",
  ],
  SAVE_VERSION_SUPPORTED: [
    (args) => `the version of the image is one that no release writes: ${differs(args)}`,
    "Above 2 every release refuses the image, and says the number with its bytes swapped. 0 is read like 1, without a format.",
  ],
  SAVE_WAS_RUNNING_BOOLEAN: [
    (args) => `whether the guest was running is neither yes nor no: ${differs(args)}`,
    "libvirt runs the guest after a restore for anything but 0. virsh restore --paused or --running decides it.",
  ],
  SAVE_XML_ACCEPTED: [
    (args) => `libvirt refuses the XML of the image: ${differs(args)} (“${args.error}”)`,
    "No release restores the image, shows its XML or edits it. Put a copy of the guest's definition there: migwire image set-xml.",
  ],
  SAVE_XML_ENTITY_EXPANDED: [
    ({ entity, line, column }) =>
      `the XML of the image uses the entity &${entity};, which it declares itself, line ${line}, column ${column}: migwire expands none, and reads no further`,
    "libvirt writes none, but expands them where they do not grow too much: it may well restore the image. Write the text itself in its place: migwire image set-xml.",
  ],
  SAVE_XML_IS_DOMAIN: [
    ({ found }) => `the XML of the image is of <${found}>, not of a <domain>`,
    "libvirt refuses the image. A <domainsnapshot> belongs into the metadata of a snapshot; the memory file beside it holds a <domain>.",
  ],
  SAVE_XML_NAMES_GUEST: [
    ({ what }) => `the domain XML does not say the guest's ${what}`,
    "A save always has them: the XML was edited, or is not by libvirt. Without a machine type the host's default is taken, which may not fit the stream.",
  ],
  SAVE_XML_TERMINATED: [
    ({ length }) => `the XML of ${bytes(length)} has no NUL behind it before what follows begins`,
    "libvirt reads it as a C string and relies on what happens to follow in its memory.",
  ],
  SAVE_XML_TRAILING: [
    ({ found }) => `behind the NUL that ends the XML stand bytes that nothing points to: ${found}`,
    "libvirt ignores them. A cookie that the header does not point to is not used.",
  ],
  SAVE_XML_WELL_FORMED: [
    ({ line, column, problem }) =>
      `the XML of the image is not well formed, line ${line}, column ${column}: ${problem}`,
    "libvirt refuses the image. Where the stream is whole, virsh restore does not help; replace the XML with a copy of the guest's definition (migwire image set-xml).",
  ],
} satisfies Wordings;
