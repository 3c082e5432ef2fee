/** Markdown of the guides as the parts of a page: links between pages, headings to point at, colours in code. */
import { Marked, type Tokens } from 'marked'

export type Heading = { text: string; anchor: string }

export type Text = { html: string; headings: Heading[] }

/** Links between the Markdown files become links between the pages. */
export function toText(markdown: string, path: string): Text {
  const headings: Heading[] = []
  const marked = new Marked({
    walkTokens(token) {
      if (token.type !== 'link' && token.type !== 'image') return
      if (/^([a-z]+:|\/|#)/.test(token.href)) return
      const { pathname, hash } = new URL(token.href, `http://docs/docs/${path}`)
      token.href = pathname.replace(/\.md$/, '') + hash
    },
    renderer: {
      heading({ tokens, text, depth }: Tokens.Heading) {
        const inside = this.parser.parseInline(tokens)
        if (depth === 1) return `<h1>${inside}</h1>\n`
        const anchor = anchorOf(text)
        if (depth === 2) headings.push({ text: plainText(text), anchor })
        return `<h${depth} id="${anchor}">${inside}<a class="here" href="#${anchor}" aria-label="Link to “${escapeHtml(plainText(text))}”">#</a></h${depth}>\n`
      },
      code({ text, lang }: Tokens.Code) {
        return `<div class="code"><pre><code>${coloured(text, lang ?? '')}</code></pre></div>\n`
      },
    },
  })
  const html = marked
    .parse(markdown, { async: false })
    .replaceAll('<table>', '<div class="table"><table>')
    .replaceAll('</table>', '</table></div>')
  return { html, headings }
}

/** As GitHub makes them, so that a link works there and here. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
}

export function plainText(markdown: string): string {
  return markdown
    .replace(/^[|:\- ]+$/gm, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^```\w*$/gm, '')
    .replace(/^([#>]+|-) /gm, '')
    .replace(/\|/g, ' ')
    .replace(/[*`\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** What a reader of code looks for first: remarks, texts, numbers. Prose in a frame stays as it is. */
const MARKS: Record<string, RegExp> = {
  json: /(?<name>"(?:[^"\\\n]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\\n]|\\.)*")|(?<number>-?\b\d[\d.]*\b)/g,
  sh: /(?<remark>(?<=^|\s)#.*$)|(?<string>"(?:[^"\\]|\\.)*"|'[^']*')|(?<name>(?<=^|\s)-{1,2}[a-zA-Z][\w-]*)/gm,
  ts: /(?<remark>\/\/.*$)|(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<number>\b\d[\d._]*\b)|(?<keyword>\b(?:await|const|from|import|new|return)\b)/gm,
  sql: /(?<remark>--.*$)|(?<string>'[^']*')|(?<number>\b\d[\d.]*\b)|(?<keyword>\b(?:AND|AS|BY|FROM|GROUP|ORDER|SELECT|WHERE|WITH)\b)/gim,
}

function coloured(code: string, language: string): string {
  const marks = MARKS[language === 'bash' ? 'sh' : language]
  if (marks === undefined) return escapeHtml(code)
  let html = ''
  let end = 0
  for (const match of code.matchAll(marks)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? []
    html += `${escapeHtml(code.slice(end, match.index))}<span class="${kind}">${escapeHtml(match[0])}</span>`
    end = match.index + match[0].length
  }
  return html + escapeHtml(code.slice(end))
}
