/** The bar on top of the guides and of the API reference: where one is, the search, the way to the others. */
import { escapeHtml } from './documentation-text.ts'

type Bar = { asked?: string; current: 'guides' | 'reference'; hasContents?: boolean }

export function bar({ asked = '', current, hasContents = false }: Bar): string {
  const place = (name: Bar['current'], path: string, title: string) =>
    `<a class="elsewhere" href="${path}"${name === current ? ' aria-current="true"' : ''}>${title}</a>`
  const menu = hasContents
    ? '<button type="button" class="menu" aria-label="Contents" aria-expanded="false" aria-controls="contents">☰</button>'
    : ''
  return `<header>
${menu}
<a class="home" href="/docs">${MARK}Countinghouse<span>Documentation</span></a>
<form action="/docs" role="search"><input type="search" name="q" value="${escapeHtml(asked)}" placeholder="Search the guides" aria-label="Search the guides" aria-keyshortcuts="/"><kbd>/</kbd></form>
${place('guides', '/docs', 'Guides')}
${place('reference', '/reference', 'API reference')}
<a class="elsewhere" href="/">Console</a>
</header>`
}

const MARK =
  '<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2.1" stroke-linecap="round" aria-hidden="true"><path d="M5 4.5v15M9.67 4.5v15M14.33 4.5v15M19 4.5v15"/><path class="stroke" d="M2.5 16.5 21.5 7.5"/></svg>'
