export {
  type CheckedMapping,
  checkMapping,
  type MappingTranslation,
} from "./check-mapping.ts";
export {
  MAPPING_KINDS,
  type MappingFinding,
  type MappingKind,
} from "./mapping.ts";
export { MappingError } from "./read.ts";
