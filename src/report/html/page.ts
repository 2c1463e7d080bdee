import { plantForest } from '../graph/forest.ts'
import type { GraphReport } from '../graph/text.ts'
import { bannerHtml } from './banner.ts'
import { chainsHtml } from './chains.ts'
import { escapeData } from './escape.ts'
import { SCRIPT_HASH, STYLE_HASH } from './hashes.ts'
import { problemsHtml } from './problems.ts'
import { searchIndex } from './search-index.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'
import { toolbarHtml } from './toolbar.ts'
import { treesHtml } from './tree.ts'

/**
 * A graph as one HTML file that needs no network and, for reading, no script. The policy in it lets nothing run but the
 * page's own script and style, by their hashes.
 */
export function formatGraphHtml(report: GraphReport): string {
  const { graph, verdict, problems } = report
  const forest = plantForest(graph, verdict)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="pinsmith">
<title>${TITLES[verdict.kind]} · what this repository runs</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${bannerHtml(report)}
${chainsHtml(verdict, graph, forest)}
${problemsHtml(problems)}
<section aria-labelledby="tree-title">
<h2 id="tree-title">Everything that runs</h2>
${toolbarHtml(verdict)}
${treesHtml(forest)}
</section>
</main>
<footer>Made by <code>pinsmith graph</code>. Each action’s own references are listed once; elsewhere a link leads there.</footer>
<script type="application/json" id="index">${escapeData(searchIndex(forest))}</script>
<script>${SCRIPT}</script>
</body>
</html>
`
}

const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`

const TITLES = { passes: 'Passes', blocked: 'Blocked', unknown: 'Unknown' } as const
