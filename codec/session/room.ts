/** What the summaries of one session may keep together. */
export interface Room {
  /** Sections, commands, devices and messages. */
  entries: number;
  /** Bytes of commands. */
  payload: number;
  /** Bytes of device states, from which the fields were made. */
  states: number;
}

export function createRoom(): Room {
  return { entries: 60_000, payload: 4 << 20, states: 16 << 20 };
}
