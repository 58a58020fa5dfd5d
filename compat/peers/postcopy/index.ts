export { listen } from "./listen.ts";
export { readPreempt } from "./preempt.ts";
export { recover } from "./recover.ts";
