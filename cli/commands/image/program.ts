import { type Command, Option } from "commander";
import { SAVE_FORMATS } from "../../../codec/formats/libvirt/save-events.ts";
import { type FileSystem, nodeFileSystem } from "../../durable/file-system.ts";
import type { ExitStatus } from "../../exit.ts";
import type { Output } from "../../output.ts";

const FILE = "libvirt save image";

/** Adds `image` and its verbs to the command line. */
export function addImage(
  program: Command,
  output: Output,
  done: (status: ExitStatus) => void,
  fs: FileSystem = nodeFileSystem,
): void {
  const image = program
    .command("image")
    .description("libvirt save images: look into them, edit them in place, take them apart and make them");

  image
    .command("show")
    .description(
      "header, XML, cookie, room for a longer XML, and what the stream is; the stream itself is not read",
    )
    .argument("<file>", `${FILE}; - for stdin`)
    .option("--json", "one JSON document")
    .action(async (file: string, options) => {
      const { show } = await import("./show.ts");
      done(await show(file, options, output, fs));
    });

  image
    .command("xml")
    .description("the domain XML, byte for byte")
    .argument("<file>", `${FILE}; - for stdin`)
    .option("--cookie", "the save cookie instead")
    .action(async (file: string, options) => {
      const { xml } = await import("./xml.ts");
      done(await xml(file, options, output, fs));
    });

  image
    .command("set-xml")
    .description(
      "puts another domain XML into an image, in place, or sets whether the guest runs after a restore",
    )
    .argument("<file>", FILE)
    .argument("[xml]", "domain XML; - for stdin; without it the XML stays")
    .option("--running", "the guest runs after a restore")
    .option("--paused", "the guest stays paused after a restore")
    .option("--no-cookie", "drops the save cookie")
    .option("--dry-run", "says what would be done, and writes nothing")
    .option("--force", "takes the XML of what looks like another guest")
    .action(async (file: string, xml: string | undefined, options) => {
      const { setXml } = await import("./set-xml.ts");
      done(await setXml(file, xml, options, output, fs));
    });

  image
    .command("mark")
    .description(
      "marks an image as complete, if its stream verifies, or as partial: nothing but the magic is changed",
    )
    .argument("<file>", FILE)
    .argument("<mark>", "partial or complete")
    .option("--force", "marks it as complete whatever the stream is")
    .action(async (file: string, as: string, options) => {
      const { mark } = await import("./mark.ts");
      done(await mark(file, as, options, output, fs));
    });

  image
    .command("unwrap")
    .description("the bare stream of an image, decompressed")
    .argument("<file>", `${FILE}, or qcow2 with internal snapshots`)
    .option("-o, --output <file>", "the file to write; - for stdout", "-")
    .option("--snapshot <name>", "which snapshot of a qcow2")
    .option("--force", "replaces a file that exists")
    .action(async (file: string, options) => {
      const { unwrap } = await import("./unwrap.ts");
      done(await unwrap(file, options, output, fs));
    });

  image
    .command("wrap")
    .description("makes an image of a bare stream and a domain XML, as libvirt since 6.3.0 writes it")
    .argument("<stream>", "QEMU stream, plain or compressed; - for stdin")
    .requiredOption("--xml <file>", "the domain XML")
    .requiredOption("-o, --output <file>", "the image to write")
    .addOption(
      new Option("--format <format>", "how the stream is kept (raw; sparse for mapped-ram)").choices(
        SAVE_FORMATS,
      ),
    )
    .option("--cookie <file>", "the save cookie")
    .option("--paused", "the guest stays paused after a restore")
    .option("--partial", "leaves the image marked as unfinished")
    .option(
      "--force",
      "replaces a file that exists; keeps an image that does not verify, marked as unfinished",
    )
    .action(async (stream: string, options) => {
      const { wrap } = await import("./wrap.ts");
      done(await wrap(stream, options, output, fs));
    });
}
