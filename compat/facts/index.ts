import type { Fact } from "./fact.ts";
import * as domain from "./libvirt/domain.ts";
import * as domainErrors from "./libvirt/domain-errors.ts";
import * as formats from "./libvirt/formats.ts";
import * as header from "./libvirt/header.ts";
import * as hostErrors from "./libvirt/host-errors.ts";
import * as imageErrors from "./libvirt/image-errors.ts";
import * as managedSave from "./libvirt/managed-save.ts";
import * as migrateOptions from "./libvirt/migrate-options.ts";
import * as libvirtMigrationErrors from "./libvirt/migration-errors.ts";
import * as migrationRefusals from "./libvirt/migration-refusals.ts";
import * as qemuErrors from "./libvirt/qemu-errors.ts";
import * as xmlErrors from "./libvirt/xml-errors.ts";
import * as deviceBuses from "./qemu/devices/buses.ts";
import * as deviceCards from "./qemu/devices/cards.ts";
import * as deviceControllers from "./qemu/devices/controllers.ts";
import * as driverNames from "./qemu/devices/driver-names.ts";
import * as deviceDrivers from "./qemu/devices/drivers.ts";
import * as deviceLayouts from "./qemu/devices/layouts.ts";
import * as deviceNeeds from "./qemu/devices/needs.ts";
import * as deviceOthers from "./qemu/devices/others.ts";
import * as devicePlaces from "./qemu/devices/places.ts";
import * as processors from "./qemu/devices/processors.ts";
import * as deviceProperties from "./qemu/devices/properties.ts";
import * as deviceStartTexts from "./qemu/devices/start-texts.ts";
import * as unmigratable from "./qemu/devices/unmigratable.ts";
import * as deviceVirtio from "./qemu/devices/virtio.ts";
import * as virtqueues from "./qemu/devices/virtqueues.ts";
import * as dirtyBitmap from "./qemu/dirty-bitmap/dirty-bitmap.ts";
import * as dirtyBitmapBits from "./qemu/dirty-bitmap/dirty-bitmap-bits.ts";
import * as dirtyBitmapFlags from "./qemu/dirty-bitmap/dirty-bitmap-flags.ts";
import * as dirtyBitmapSource from "./qemu/dirty-bitmap/dirty-bitmap-source.ts";
import * as bitmapsAfterPause from "./qemu/dirty-bitmap/pause.ts";
import * as bitmapRefusals from "./qemu/dirty-bitmap/refusals.ts";
import * as errata from "./qemu/errata/errata.ts";
import * as errataDevices from "./qemu/errata/errata-devices.ts";
import * as errataFiles from "./qemu/errata/errata-files.ts";
import * as errataMultifd from "./qemu/errata/errata-multifd.ts";
import * as errataReturnPath from "./qemu/errata/errata-return-path.ts";
import * as errataSource from "./qemu/errata/errata-source.ts";
import * as builds from "./qemu/machines/builds.ts";
import * as deprecatedMachines from "./qemu/machines/deprecated-machines.ts";
import * as deprecationTexts from "./qemu/machines/deprecation-texts.ts";
import * as machineNames from "./qemu/machines/machine-names.ts";
import { X86_MACHINES } from "./qemu/machines/machines.ts";
import * as memoryErrors from "./qemu/machines/memory-errors.ts";
import * as pcMachines from "./qemu/machines/pc-machines.ts";
import * as machineStart from "./qemu/machines/start.ts";
import * as unversioned from "./qemu/machines/unversioned.ts";
import * as channelErrors from "./qemu/multifd/channel-errors.ts";
import * as channelPeek from "./qemu/multifd/channel-peek.ts";
import * as channels from "./qemu/multifd/channels.ts";
import * as multifd from "./qemu/multifd/multifd.ts";
import * as multifdCompressedErrors from "./qemu/multifd/multifd-compressed-errors.ts";
import * as multifdErrors from "./qemu/multifd/multifd-errors.ts";
import * as multifdFlags from "./qemu/multifd/multifd-flags.ts";
import * as multifdInitErrors from "./qemu/multifd/multifd-init-errors.ts";
import * as multifdLoss from "./qemu/multifd/multifd-loss.ts";
import * as multifdMismatch from "./qemu/multifd/multifd-mismatch.ts";
import * as multifdPackets from "./qemu/multifd/multifd-packets.ts";
import * as multifdPageErrors from "./qemu/multifd/multifd-page-errors.ts";
import * as multifdPayload from "./qemu/multifd/multifd-payload.ts";
import * as multifdPayloadErrors from "./qemu/multifd/multifd-payload-errors.ts";
import * as multifdStateErrors from "./qemu/multifd/multifd-state-errors.ts";
import * as sendErrors from "./qemu/multifd/send-errors.ts";
import * as zeroCopy from "./qemu/multifd/zero-copy.ts";
import * as colo from "./qemu/postcopy/colo.ts";
import * as commandErrors from "./qemu/postcopy/command-errors.ts";
import * as commands from "./qemu/postcopy/commands.ts";
import * as migrationStates from "./qemu/postcopy/migration-states.ts";
import * as pauseTexts from "./qemu/postcopy/pause-texts.ts";
import * as postcopy from "./qemu/postcopy/postcopy.ts";
import * as postcopyDiscard from "./qemu/postcopy/postcopy-discard.ts";
import * as postcopyErrors from "./qemu/postcopy/postcopy-errors.ts";
import * as postcopyPings from "./qemu/postcopy/postcopy-pings.ts";
import * as postcopyRam from "./qemu/postcopy/postcopy-ram.ts";
import * as postcopyStart from "./qemu/postcopy/postcopy-start.ts";
import * as recovery from "./qemu/postcopy/recovery.ts";
import * as recoveryBitmaps from "./qemu/postcopy/recovery-bitmaps.ts";
import * as recoverySteps from "./qemu/postcopy/recovery-steps.ts";
import * as recoveryTransitions from "./qemu/postcopy/recovery-transitions.ts";
import * as singleConnection from "./qemu/postcopy/single-connection.ts";
import * as userfaultErrors from "./qemu/postcopy/userfault-errors.ts";
import * as blocks from "./qemu/ram/blocks.ts";
import * as mainRam from "./qemu/ram/main-ram.ts";
import * as mappedRam from "./qemu/ram/mapped-ram.ts";
import * as mappedRamLayout from "./qemu/ram/mapped-ram-layout.ts";
import * as ram from "./qemu/ram/ram.ts";
import * as ramBlockErrors from "./qemu/ram/ram-block-errors.ts";
import * as ramErrors from "./qemu/ram/ram-errors.ts";
import * as ramFlags from "./qemu/ram/ram-flags.ts";
import * as ramPageErrors from "./qemu/ram/ram-page-errors.ts";
import * as snapshotMappedRam from "./qemu/ram/snapshot-mapped-ram.ts";
import * as returnPath from "./qemu/return-path/return-path.ts";
import * as returnPathBitmapErrors from "./qemu/return-path/return-path-bitmap-errors.ts";
import * as returnPathErrors from "./qemu/return-path/return-path-errors.ts";
import * as returnPathRequestErrors from "./qemu/return-path/return-path-request-errors.ts";
import * as returnPathState from "./qemu/return-path/return-path-state.ts";
import * as sourceEndings from "./qemu/return-path/source-endings.ts";
import * as sourceErrors from "./qemu/return-path/source-errors.ts";
import * as sourceLost from "./qemu/return-path/source-lost.ts";
import * as sourceStates from "./qemu/return-path/source-states.ts";
import * as sourceStops from "./qemu/return-path/source-stops.ts";
import * as capabilities from "./qemu/settings/capabilities.ts";
import * as capabilitiesNewer from "./qemu/settings/capabilities-newer.ts";
import * as capabilityRules from "./qemu/settings/capability-rules.ts";
import * as capabilityRulesChannels from "./qemu/settings/capability-rules-channels.ts";
import * as capabilityRulesNewer from "./qemu/settings/capability-rules-newer.ts";
import * as capabilityWarnings from "./qemu/settings/capability-warnings.ts";
import * as compatProperties from "./qemu/settings/compat-properties.ts";
import * as inputErrors from "./qemu/settings/input-errors.ts";
import * as mappingErrors from "./qemu/settings/mapping-errors.ts";
import * as migrateErrors from "./qemu/settings/migrate-errors.ts";
import * as parameterErrors from "./qemu/settings/parameter-errors.ts";
import * as parameterErrorsAnnounce from "./qemu/settings/parameter-errors-announce.ts";
import * as parameterErrorsMultifd from "./qemu/settings/parameter-errors-multifd.ts";
import * as parameterErrorsThrottle from "./qemu/settings/parameter-errors-throttle.ts";
import * as parameterMembers from "./qemu/settings/parameter-members.ts";
import * as parameterValues from "./qemu/settings/parameter-values.ts";
import * as parameters from "./qemu/settings/parameters.ts";
import * as parametersCompress from "./qemu/settings/parameters-compress.ts";
import * as parametersMultifd from "./qemu/settings/parameters-multifd.ts";
import * as parametersOthers from "./qemu/settings/parameters-others.ts";
import * as parametersThrottle from "./qemu/settings/parameters-throttle.ts";
import * as tlsErrors from "./qemu/settings/tls-errors.ts";
import * as transportErrors from "./qemu/settings/transport-errors.ts";
import * as allocation from "./qemu/stream/allocation.ts";
import * as assertion from "./qemu/stream/assertion.ts";
import * as blocked from "./qemu/stream/blocked.ts";
import * as configuration from "./qemu/stream/configuration.ts";
import * as description from "./qemu/stream/description.ts";
import * as deviceErrors from "./qemu/stream/device-errors.ts";
import * as file from "./qemu/stream/file.ts";
import * as fileUri from "./qemu/stream/file-uri.ts";
import * as load from "./qemu/stream/load.ts";
import * as loadFailed from "./qemu/stream/load-failed.ts";
import * as runStateChanges from "./qemu/stream/run-state-changes.ts";
import * as runStates from "./qemu/stream/run-states.ts";
import * as sectionNames from "./qemu/stream/section-names.ts";
import * as sectionNamesLater from "./qemu/stream/section-names-later.ts";
import * as sectionNamesNewer from "./qemu/stream/section-names-newer.ts";
import * as sectionOrder from "./qemu/stream/section-order.ts";
import * as sectionTypes from "./qemu/stream/section-types.ts";
import * as sections from "./qemu/stream/sections.ts";
import * as tls from "./qemu/stream/tls.ts";
import * as vmstate from "./qemu/stream/vmstate.ts";

/** The chapters of one file of facts, by what it calls them. */
type FactFile = Readonly<Record<string, readonly Fact<unknown>[]>>;

const FILES: readonly (readonly [path: string, file: FactFile])[] = [
  ["libvirt/domain", domain],
  ["libvirt/formats", formats],
  ["libvirt/header", header],
  ["libvirt/managed-save", managedSave],
  ["libvirt/migrate-options", migrateOptions],
  ["libvirt/qemu-errors", qemuErrors],
  ["qemu/stream/allocation", allocation],
  ["qemu/ram/blocks", blocks],
  ["qemu/machines/builds", builds],
  ["qemu/settings/capabilities-newer", capabilitiesNewer],
  ["qemu/settings/capabilities", capabilities],
  ["qemu/settings/capability-rules-channels", capabilityRulesChannels],
  ["qemu/settings/capability-rules-newer", capabilityRulesNewer],
  ["qemu/settings/capability-rules", capabilityRules],
  ["qemu/multifd/channels", channels],
  ["qemu/postcopy/colo", colo],
  ["qemu/postcopy/command-errors", commandErrors],
  ["qemu/postcopy/commands", commands],
  ["qemu/settings/compat-properties", compatProperties],
  ["qemu/stream/configuration", configuration],
  ["qemu/machines/deprecated-machines", deprecatedMachines],
  ["qemu/dirty-bitmap/dirty-bitmap-bits", dirtyBitmapBits],
  ["qemu/dirty-bitmap/dirty-bitmap", dirtyBitmap],
  ["qemu/errata/errata-devices", errataDevices],
  ["qemu/errata/errata-files", errataFiles],
  ["qemu/errata/errata-multifd", errataMultifd],
  ["qemu/errata/errata-return-path", errataReturnPath],
  ["qemu/errata/errata-source", errataSource],
  ["qemu/errata/errata", errata],
  ["qemu/stream/file", file],
  ["qemu/stream/load", load],
  ["qemu/machines/machines", { X86_MACHINES }],
  ["qemu/machines/start", machineStart],
  ["qemu/machines/unversioned", unversioned],
  ["qemu/ram/main-ram", mainRam],
  ["qemu/ram/mapped-ram", mappedRam],
  ["qemu/settings/migrate-errors", migrateErrors],
  ["qemu/multifd/multifd-compressed-errors", multifdCompressedErrors],
  ["qemu/multifd/multifd-errors", multifdErrors],
  ["qemu/multifd/multifd", multifd],
  ["qemu/settings/parameter-errors-announce", parameterErrorsAnnounce],
  ["qemu/settings/parameter-errors-multifd", parameterErrorsMultifd],
  ["qemu/settings/parameter-errors-throttle", parameterErrorsThrottle],
  ["qemu/settings/parameter-errors", parameterErrors],
  ["qemu/settings/parameters-compress", parametersCompress],
  ["qemu/settings/parameters-multifd", parametersMultifd],
  ["qemu/settings/parameters-others", parametersOthers],
  ["qemu/settings/parameters-throttle", parametersThrottle],
  ["qemu/settings/parameters", parameters],
  ["qemu/machines/pc-machines", pcMachines],
  ["qemu/postcopy/postcopy-discard", postcopyDiscard],
  ["qemu/postcopy/postcopy-errors", postcopyErrors],
  ["qemu/postcopy/postcopy-ram", postcopyRam],
  ["qemu/postcopy/postcopy", postcopy],
  ["qemu/postcopy/postcopy-start", postcopyStart],
  ["qemu/postcopy/single-connection", singleConnection],
  ["qemu/ram/ram-errors", ramErrors],
  ["qemu/ram/ram", ram],
  ["qemu/ram/snapshot-mapped-ram", snapshotMappedRam],
  ["qemu/postcopy/recovery-bitmaps", recoveryBitmaps],
  ["qemu/postcopy/recovery", recovery],
  ["qemu/return-path/return-path-bitmap-errors", returnPathBitmapErrors],
  ["qemu/return-path/return-path-errors", returnPathErrors],
  ["qemu/return-path/return-path-request-errors", returnPathRequestErrors],
  ["qemu/return-path/return-path", returnPath],
  ["qemu/stream/run-state-changes", runStateChanges],
  ["qemu/stream/run-states", runStates],
  ["qemu/stream/section-names-later", sectionNamesLater],
  ["qemu/stream/section-names-newer", sectionNamesNewer],
  ["qemu/stream/section-names", sectionNames],
  ["qemu/stream/section-order", sectionOrder],
  ["qemu/stream/sections", sections],
  ["qemu/return-path/source-errors", sourceErrors],
  ["qemu/return-path/source-lost", sourceLost],
  ["qemu/return-path/source-states", sourceStates],
  ["qemu/multifd/multifd-init-errors", multifdInitErrors],
  ["qemu/multifd/multifd-state-errors", multifdStateErrors],
  ["qemu/multifd/multifd-payload-errors", multifdPayloadErrors],
  ["qemu/multifd/multifd-page-errors", multifdPageErrors],
  ["qemu/multifd/channel-errors", channelErrors],
  ["qemu/multifd/multifd-payload", multifdPayload],
  ["qemu/ram/ram-block-errors", ramBlockErrors],
  ["qemu/ram/ram-page-errors", ramPageErrors],
  ["qemu/ram/ram-flags", ramFlags],
  ["qemu/stream/section-types", sectionTypes],
  ["qemu/multifd/multifd-flags", multifdFlags],
  ["qemu/dirty-bitmap/dirty-bitmap-flags", dirtyBitmapFlags],
  ["qemu/postcopy/migration-states", migrationStates],
  ["qemu/stream/tls", tls],
  ["qemu/stream/vmstate", vmstate],
  ["qemu/machines/machine-names", machineNames],
  ["qemu/multifd/multifd-packets", multifdPackets],
  ["qemu/multifd/multifd-loss", multifdLoss],
  ["qemu/multifd/multifd-mismatch", multifdMismatch],
  ["qemu/multifd/channel-peek", channelPeek],
  ["qemu/ram/mapped-ram-layout", mappedRamLayout],
  ["qemu/stream/file-uri", fileUri],
  ["qemu/stream/description", description],
  ["qemu/postcopy/recovery-transitions", recoveryTransitions],
  ["qemu/postcopy/recovery-steps", recoverySteps],
  ["qemu/postcopy/pause-texts", pauseTexts],
  ["qemu/postcopy/postcopy-pings", postcopyPings],
  ["qemu/return-path/return-path-state", returnPathState],
  ["qemu/return-path/source-endings", sourceEndings],
  ["qemu/dirty-bitmap/dirty-bitmap-source", dirtyBitmapSource],
  ["qemu/machines/deprecation-texts", deprecationTexts],
  ["qemu/settings/capability-warnings", capabilityWarnings],
  ["qemu/settings/input-errors", inputErrors],
  ["qemu/settings/mapping-errors", mappingErrors],
  ["qemu/settings/parameter-members", parameterMembers],
  ["qemu/settings/parameter-values", parameterValues],
  ["qemu/settings/transport-errors", transportErrors],
  ["qemu/stream/blocked", blocked],
  ["qemu/devices/cards", deviceCards],
  ["qemu/devices/controllers", deviceControllers],
  ["qemu/multifd/zero-copy", zeroCopy],
  ["qemu/devices/buses", deviceBuses],
  ["qemu/devices/start-texts", deviceStartTexts],
  ["qemu/devices/layouts", deviceLayouts],
  ["qemu/devices/needs", deviceNeeds],
  ["qemu/dirty-bitmap/pause", bitmapsAfterPause],
  ["qemu/devices/driver-names", driverNames],
  ["qemu/devices/drivers", deviceDrivers],
  ["qemu/devices/others", deviceOthers],
  ["qemu/devices/places", devicePlaces],
  ["qemu/devices/processors", processors],
  ["qemu/devices/properties", deviceProperties],
  ["qemu/devices/unmigratable", unmigratable],
  ["qemu/devices/virtio", deviceVirtio],
  ["qemu/devices/virtqueues", virtqueues],
  ["libvirt/image-errors", imageErrors],
  ["libvirt/domain-errors", domainErrors],
  ["libvirt/host-errors", hostErrors],
  ["libvirt/migration-errors", libvirtMigrationErrors],
  ["libvirt/migration-refusals", migrationRefusals],
  ["libvirt/xml-errors", xmlErrors],
  ["qemu/stream/load-failed", loadFailed],
  ["qemu/stream/device-errors", deviceErrors],
  ["qemu/stream/assertion", assertion],
  ["qemu/multifd/send-errors", sendErrors],
  ["qemu/return-path/source-stops", sourceStops],
  ["qemu/postcopy/userfault-errors", userfaultErrors],
  ["qemu/dirty-bitmap/refusals", bitmapRefusals],
  ["qemu/machines/memory-errors", memoryErrors],
  ["qemu/settings/tls-errors", tlsErrors],
];

/** Every file of facts by its path, without the ending. The chapters of one subject follow each other in time. */
export const FACT_FILES: Readonly<Record<string, FactFile>> = Object.fromEntries(FILES);

/** Every fact there is, subject by subject. */
export const FACTS: readonly (readonly Fact<unknown>[])[] = FILES.flatMap(([, file]) => Object.values(file));
