import type { Fact } from "./fact.ts";
import * as domain from "./libvirt/domain.ts";
import * as formats from "./libvirt/formats.ts";
import * as header from "./libvirt/header.ts";
import * as managedSave from "./libvirt/managed-save.ts";
import * as qemuErrors from "./libvirt/qemu-errors.ts";
import * as load from "./qemu/load.ts";
import { X86_MACHINES } from "./qemu/machines.ts";

const SUBJECTS = [domain, formats, header, managedSave, qemuErrors, load, { X86_MACHINES }];

/** Every fact there is, subject by subject. The chapters of one subject follow each other in time. */
export const FACTS: readonly (readonly Fact<unknown>[])[] = SUBJECTS.flatMap((subject) =>
  Object.values<readonly Fact<unknown>[]>(subject),
);
