/** What a device adds to a stream; `@` stands for its place on the PCI bus, such as `0000:00:02.0`. */
export interface StreamedDevice {
  /** Names of its sections in the order of the stream; none: nothing of it is sent. */
  readonly sections: readonly string[];
  /** Its RAM blocks, the largest first, and their bytes. */
  readonly blocks?: readonly (readonly [idstr: string, bytes: number])[];
  /** It sits on another bus than PCI and takes no slot there. */
  readonly beside?: boolean;
}

/** By what `-device` calls them. */
export type StreamedDevices = Readonly<Record<string, StreamedDevice>>;
