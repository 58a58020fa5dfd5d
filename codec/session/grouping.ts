import type { Connection, Direction } from "../capture/events.ts";
import type { Channel } from "./events.ts";
import type { Identity } from "./identify.ts";
import { createMigration, type Migration, type MigrationHost } from "./migration.ts";

/** Migrations told apart in one capture; more can only be hostile. */
const MOST_MIGRATIONS = 16;

/** The migrations of a session, and which of them a channel is part of. */
export interface Grouping {
  readonly migrations: readonly Migration[];
  /** By where the channel's connection goes and what was seen there. Null when there are too many. */
  find(
    identity: Identity,
    connection: Connection | null,
    way: Direction | null,
    other: Channel | undefined,
  ): Migration | null;
}

/**
 * All connections of a migration go to one address and port, but a recovery may go to another. A destination that is
 * tried again, or takes one guest after the other, gets a new main channel there each time.
 */
export function createGrouping(host: MigrationHost): Grouping {
  const migrations: Migration[] = [];

  function start(endpoint: string): Migration | null {
    if (migrations.length >= MOST_MIGRATIONS) return null;
    const migration = createMigration(migrations.length, endpoint, host);
    migrations.push(migration);
    return migration;
  }

  return {
    migrations,
    find({ role, begins }, connection, way, other) {
      if (other && other.migration !== null) return migrations[other.migration] ?? null;
      const toServer = (way === "client-to-server") === (role !== "return-path");
      const endpoint = connection ? endpointOf(connection, toServer) : "";
      const here = migrations.filter((migration) => migration.endpoint === endpoint);
      const opened = connection?.opened ?? 0;
      const isOpen = ({ endedAt }: Migration) => endedAt > opened;
      const open = here.findLast(isOpen);
      if (begins === "recovery") {
        const paused = here.findLast((one) => one.paused) ?? migrations.findLast((one) => one.paused);
        return paused ?? here.at(-1) ?? start(endpoint);
      }
      if (role === "main") return here.findLast(({ hasMain }) => !hasMain) ?? start(endpoint);
      if (role === "postcopy-preempt") return open ?? migrations.findLast(isOpen) ?? start(endpoint);
      return open ?? start(endpoint);
    },
  };
}

/** Where the source connects to. Who is client and server of a connection that was there before is only supposed. */
function endpointOf({ client, server, midstream }: Connection, toServer: boolean): string {
  const { address, port } = midstream && !toServer ? client : server;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
