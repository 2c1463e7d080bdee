/** The page's style: system fonts, light and dark, narrow and wide, and for print. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #fbfaf8;
  --card: #ffffff;
  --ink: #1d2125;
  --soft: #5b636d;
  --faint: #69717b;
  --line: #e4e1db;
  --hover: #f3f1ec;
  --link: #0b5cad;
  --good: #1a7440;
  --good-page: #e9f6ed;
  --bad: #b3261e;
  --bad-page: #fdeeec;
  --odd: #835400;
  --odd-page: #fdf4dd;
  --found: #ffe58a;
  --found-ink: #2b2100;
  --shade: 0 1px 2px rgb(30 25 15 / 5%), 0 6px 24px rgb(30 25 15 / 5%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #111317;
    --card: #181b20;
    --ink: #e6e8eb;
    --soft: #a4acb6;
    --faint: #8f98a3;
    --line: #2a2f37;
    --hover: #20242b;
    --link: #84bdff;
    --good: #6ed295;
    --good-page: #13281c;
    --bad: #ff9a91;
    --bad-page: #301a1a;
    --odd: #efc160;
    --odd-page: #2c2413;
    --found: #7a5c00;
    --found-ink: #fff6d6;
    --shade: none;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 7rem; }
body {
  margin: 0;
  background: var(--page);
  color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  text-rendering: optimizeLegibility;
  overflow-wrap: anywhere;
}
main, footer { max-width: 68rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
main { padding-top: clamp(1rem, 4vw, 2.5rem); }
code, .name, kbd { font-family: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; text-underline-offset: .2em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 6px; }
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.banner { padding: clamp(1.5rem, 4vw, 2.75rem); border-radius: 18px; background: var(--tint); }
.banner.passes { --tint: var(--good-page); --mood: var(--good); }
.banner.blocked { --tint: var(--bad-page); --mood: var(--bad); }
.banner.unknown { --tint: var(--odd-page); --mood: var(--odd); }
.kicker { margin: 0; color: var(--soft); font-size: .875rem; }
h1 { display: flex; align-items: baseline; gap: .5em; margin: .35rem 0 .6rem; color: var(--mood); font-size: clamp(1.6rem, 4.5vw, 2.35rem); line-height: 1.2; letter-spacing: -.02em; font-weight: 680; text-wrap: balance; }
.lead { margin: 0; max-width: 46rem; font-size: 1.125rem; line-height: 1.5; text-wrap: pretty; }
.why { margin: .75rem 0 0; max-width: 46rem; color: var(--soft); text-wrap: pretty; }
.counts { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: 1.75rem 0 0; }
.count { display: flex; flex-direction: column; }
.count dd { margin: 0; font-size: 1.625rem; line-height: 1.2; font-weight: 640; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
.count dt { color: var(--soft); font-size: .875rem; }
.count.bad dd { color: var(--bad); }
.count.odd dd { color: var(--odd); }

section { margin-top: clamp(2.25rem, 5vw, 3.5rem); }
h2 { margin: 0 0 1rem; font-size: 1.25rem; line-height: 1.3; letter-spacing: -.01em; font-weight: 640; }
h2 .number { color: var(--faint); font-weight: 400; font-variant-numeric: tabular-nums; }

.group { margin: 0 0 .75rem; border: 1px solid var(--line); border-radius: 12px; background: var(--card); box-shadow: var(--shade); }
.group > summary { padding: .8rem 1.15rem .8rem 2.55rem; border-radius: 12px; }
.others > summary { padding: .2rem 0 .2rem 1.4rem; }
.group > summary code { font-weight: 600; }
.group.blocked > summary code { color: var(--bad); }
.group.unknown > summary code { color: var(--odd); }
.group > :not(summary) { margin: 0; padding: 0 1.15rem .8rem 2.55rem; }
.times { margin-left: .35rem; color: var(--faint); font-size: .875rem; white-space: nowrap; }
.group ol { list-style: none; }
.group li { padding: .2rem 0 .2rem 1.4rem; text-indent: -1.4rem; font-size: .875rem; line-height: 1.65; }
.step { display: inline-block; max-width: 100%; text-indent: 0; }
.step:last-child > :is(a, code):last-child { color: inherit; font-weight: 600; }
.arrow { margin-right: .15rem; color: var(--faint); }
.others ol { margin: 0; padding: 0; }
.others > summary { color: var(--soft); font-size: .875rem; }
.more { color: var(--faint); }
.what, .next { max-width: 52rem; text-wrap: pretty; }
.next { color: var(--soft); font-size: .9375rem; }
.next b { margin-right: .35rem; color: var(--ink); font-weight: 600; }

summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary { position: relative; }
summary::before { content: ""; position: absolute; left: 1rem; top: 1.34em; width: .42em; height: .42em; border: solid var(--faint); border-width: 0 1.6px 1.6px 0; transform: rotate(-45deg); transition: transform .12s; }
.row::before { left: .85rem; top: .8em; }
.others > summary::before { left: .1rem; top: .55em; }
details[open] > summary::before { transform: rotate(45deg) translate(-.1em, -.1em); }
@media (prefers-reduced-motion: reduce) { summary::before { transition: none; } }

.toolbar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; margin: 0 -.5rem 1rem; padding: .75rem .5rem; background: var(--page); border-bottom: 1px solid var(--line); }
.search { position: relative; flex: 1 1 18rem; }
.search input { width: 100%; padding: .55rem 2.4rem .55rem .9rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: inherit; font: inherit; }
.search input::placeholder { color: var(--faint); opacity: 1; }
.search kbd { position: absolute; right: .7rem; top: 50%; translate: 0 -50%; padding: .05rem .45rem; border: 1px solid var(--line); border-radius: 5px; color: var(--faint); font-size: .8125rem; pointer-events: none; }
.search input:not(:placeholder-shown) + kbd, .search input:focus + kbd { display: none; }
.buttons { display: flex; flex-wrap: wrap; gap: .4rem; }
button { padding: .55rem .9rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: inherit; font: inherit; font-size: .9375rem; cursor: pointer; }
button:hover { background: var(--hover); }
button[aria-pressed=true] { border-color: transparent; background: var(--ink); color: var(--page); }
output { flex-basis: 100%; color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; }
output:empty { display: none; }

.tree, .tree ul { list-style: none; margin: 0; padding: 0; }
.tree > li + li { margin-top: .6rem; }
.tree ul { margin-left: .84rem; padding-left: 1rem; border-left: 1px solid var(--line); }
.row { padding: .22rem .6rem .22rem 2.05rem; border-radius: 8px; font-size: .9375rem; line-height: 1.6; }
.row:hover { background: var(--hover); }
.name { margin-right: .15rem; font-size: .875rem; }
.name.file { font-size: .9375rem; font-weight: 640; }
.ref, .name.image { color: var(--soft); }
.label { margin-right: .3rem; padding: .05rem .45rem; border-radius: 999px; background: var(--hover); color: var(--soft); font-size: .8125rem; white-space: nowrap; }
.row:hover .label { background: var(--line); }
.name.bad, .name.bad .ref { color: var(--bad); }
.name.odd, .name.odd .ref { color: var(--odd); }
.chip { margin-right: .3rem; color: var(--faint); font-size: .8125rem; }
.chip.bad, .chip.odd { padding: .08rem .5rem; border-radius: 999px; font-weight: 600; white-space: nowrap; }
.chip.bad { background: var(--bad-page); color: var(--bad); }
.chip.odd { background: var(--odd-page); color: var(--odd); }
.chip.reason { color: var(--odd); }
.chip.places { white-space: nowrap; }
.elsewhere { margin-right: .3rem; font-size: .8125rem; white-space: nowrap; }
.inside { color: var(--faint); font-size: .8125rem; font-variant-numeric: tabular-nums; }
details[open] > summary > .inside { visibility: hidden; }
html:not(.live) .row:target, .row.shown { background: var(--found); color: var(--found-ink); }
html:not(.live) .row:target :is(.name, .ref, .chip, .label, .elsewhere, .inside), .row.shown :is(.name, .ref, .chip, .label, .elsewhere, .inside) { background: none; color: inherit; }
mark { border-radius: 3px; background: var(--found); color: var(--found-ink); }
.only li:not(.blocked, .unknown) { display: none; }
.only.blocks li:not(.blocked) { display: none; }
.empty { color: var(--soft); }

footer { margin-top: 4rem; padding-bottom: 3rem; color: var(--faint); font-size: .875rem; }

@media (max-width: 40rem) {
  html { scroll-padding-top: 10rem; }
  .counts { gap: .9rem 1.75rem; }
  .tree ul { margin-left: .5rem; padding-left: .45rem; }
  .row { padding-inline: 1.6rem .35rem; }
  .row::before { left: .4rem; }
  .buttons { flex: 1 1 100%; }
  button { flex: 1 1 auto; }
}
@media print {
  :root { --page: #fff; --card: #fff; --shade: none; }
  main, footer { max-width: none; padding: 0; }
  .toolbar { display: none; }
  .banner, .group { border: 1px solid var(--line); break-inside: avoid; }
  .row { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  a { color: inherit; }
}
`
