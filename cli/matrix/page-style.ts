/** The heat map's style sheet. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --paper: #fbfbf9; --line: #d5d8dc; --soft: #667; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ea; --paper: #15181c; --line: #343a42; --soft: #9aa3ad; } }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { padding: 1rem 1.25rem .5rem; }
h1 { font-size: 1.25rem; margin: 0; }
header p { margin: .2rem 0 .6rem; color: var(--soft); }
#legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1rem; margin: 0; padding: 0; }
#legend i { display: inline-block; width: .9em; height: .9em; margin-right: .4em; vertical-align: -.1em; border-radius: 2px; }
main { display: grid; grid-template-columns: minmax(0, 1fr) 26rem; gap: 1rem; padding: .5rem 1.25rem 1.25rem; }
#table { display: grid; grid-template-columns: max-content max-content; align-content: start; overflow: auto; max-height: calc(100vh - 9rem); border: 1px solid var(--line); }
canvas { display: block; background: var(--paper); }
#map { cursor: crosshair; outline-offset: -2px; }
#corner { position: sticky; top: 0; left: 0; z-index: 2; }
#across { position: sticky; top: 0; z-index: 1; }
#down { position: sticky; left: 0; }
#reasons { overflow: auto; max-height: calc(100vh - 9rem); border: 1px solid var(--line); padding: .8rem 1rem; overflow-wrap: anywhere; }
#reasons h2 { font-size: 1rem; margin: 0 0 .4rem; }
#reasons h3 { font-size: .85rem; margin: .9rem 0 .2rem; color: var(--soft); }
#reasons pre { white-space: pre-wrap; margin: .2rem 0; font: 12px/1.4 ui-monospace, monospace; }
#reasons li { margin-bottom: .5rem; }
#reasons ol { padding-left: 1.1rem; }
.soft { color: var(--soft); font-size: .85rem; }
@media (max-width: 60rem) { main { grid-template-columns: 1fr; } #table, #reasons { max-height: none; } }
`;
