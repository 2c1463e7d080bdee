import type { Verdict } from '../../walk/verdict.ts'

/** What only works with the script, which therefore shows it. */
export function toolbarHtml({ kind }: Verdict): string {
  return `<div class="toolbar" id="toolbar" role="search" hidden>
<label class="search"><span class="unseen">Search the tree</span><input id="search" type="search" placeholder="Search actions, commits, files…" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></label>
<div class="buttons">
${kind === 'passes' ? '' : `<button type="button" id="only" aria-pressed="false">${ONLY[kind]}</button>`}
<button type="button" id="open-all">Open all</button>
<button type="button" id="close-all">Close all</button>
</div>
<output id="found" for="search"></output>
</div>`
}

const ONLY = { blocked: 'Only what blocks', unknown: 'Only what is unknown' } as const
