import type { LintCheck } from "./lint.ts";

export const idsUnique: LintCheck = {
  name: "ids-unique",
  description: "Checks that each fact has an id of its own, a path under its product.",
  check(subjects) {
    const ids = subjects.flat().map(({ id }) => id);
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${id} is there twice`);
    const odd = ids.filter((id) => !/^(libvirt|qemu)(\/[a-z0-9_.-]+)+$/.test(id));
    return [...twice, ...odd.map((id) => `${id} is no path`)];
  },
};
